"""Reports, monitors and webhooks."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from record import has, refused

WAY = {"status": str, "report_id": [str], "version_id": [str], "duration": [int, float], "error": [str]}


def reports(client, record, run_id, first):
    """A report by the wizard, in each of its forms, and one that is deleted."""
    assert client.reports.available_widgets()
    accepted = client.reports.create_report(run_id, "from Python", "d", widgets=list(client.reports.available_widgets()), audience={"role": "regulator"})
    assert accepted["status"] == "accepted", accepted
    made = client.reports.create_report_sync(run_id, "waited for", max_features=5, poll_interval=0.1)
    assert made["status"] is True and made["version_id"] == first["version_id"], made
    job = has(client.reports.get_job_status(accepted["job_id"]), WAY)
    assert job["status"] in ("pending", "running", "done"), job
    for form, start in (("html", "<!doctype html>"), ("md", "# "), ("json", "{")):
        text = record.plain.get(f"{record.url}/v1/reports/{made['report_id']}", params={"format": form}).text
        assert text.lower().startswith(start) and len(text) > 1_000, text[:200]
    assert client.reports.delete_report(made["report_id"])
    assert record.plain.get(f"{record.url}/v1/reports/{made['report_id']}").status_code == 404
    refused("NOT_FOUND", client.reports.get_job_status, "not-a-uuid")


def monitors(client, record, first, table):
    """A monitor from creation to deletion, its items and alert rules, and a batch that is checked."""
    model_id = first["model_id"]
    monitor_id = client.monitors.create_monitor(model_id, "from Python", "d", threshold=0.2)
    monitor_id = monitor_id if isinstance(monitor_id, str) else monitor_id["monitor_id"]
    has(client.monitors.get_monitor(monitor_id), {"monitor_id": str, "model_id": str, "name": str, "description": str, "threshold": (int, float), "schedule_type": str})
    for listed in (client.monitors.get_model_monitors(model_id), client.monitors.get_team_monitors()):
        assert {monitor_id, first["monitor_id"]} <= {one["monitor_id"] for one in listed}, listed
    client.monitors.update_monitor_name(monitor_id, "renamed")
    client.monitors.update_monitor_description(monitor_id, "described")
    seen = client.monitors.get_monitor(monitor_id)
    assert (seen["name"], seen["description"], seen["threshold"]) == ("renamed", "described", 0.2), seen
    items_and_rules(client, monitor_id, table)
    checked = record.plain.post(f"{record.url}/v1/monitors/{monitor_id}/check", json={"rows": table["rows"]}).json()
    has(checked, {"monitor_id": str, "verdict": str, "columns": list})
    assert client.monitors.get_monitor(monitor_id)["last_check"]["rows"] == len(table["rows"])
    assert client.monitors.delete_monitor(monitor_id)
    refused("NOT_FOUND", client.monitors.get_monitor, monitor_id)


def items_and_rules(client, monitor_id, table):
    added = client.monitors.add_monitor_items(monitor_id, table["rows"][:2])["monitor_item_id"]
    assert len(added) == 2 and client.monitors.get_monitor_item(added[0])["monitor_id"] == monitor_id
    assert client.monitors.delete_monitor_item(added[0])
    refused("NOT_FOUND", client.monitors.get_monitor_item, added[0])
    for rule, value in (("threshold", 0.5), ("trend", 3), ("volume", 10)):
        client.monitors.create_alert_rule(monitor_id, rule, value)
    assert "volume" in str(client.monitors.get_alert_rules(monitor_id))


class Receiver(BaseHTTPRequestHandler):
    received = []

    def do_POST(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        Receiver.received.append(self.headers.get("webhook-signature"))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def webhooks(record):
    """A webhook whose test message comes to a server of this script, signed."""
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"{record.url}/v1/webhooks"
    added = record.plain.post(address, json={"url": f"http://127.0.0.1:{server.server_port}/", "events": ["run.completed"]}).json()
    assert added["secret"], added
    listed = next(one for one in record.plain.get(address).json() if one["webhook_id"] == added["webhook_id"])
    assert added["secret"] not in str(listed), listed
    assert record.plain.post(f"{address}/{added['webhook_id']}/test").json()["success"] is True
    assert len(Receiver.received) == 1 and Receiver.received[0].startswith("v1,"), Receiver.received
    assert record.plain.delete(f"{address}/{added['webhook_id']}").status_code == 200
    server.shutdown()
