"""Connection, and everything that brings data in."""

import pandas

from record import has, refused


def connection(client, record):
    assert client.session.key not in ("", client.session.api_key) and client.session.api_key.startswith(client.session.key), client.session.key
    assert client.session.team_id and client.session.org_id and client.session.expires
    assert client.misc.ping_server().success and client.misc.ping_gateway().success
    usage = client.misc.get_organisation_usage()
    assert usage.models.has_space and usage.reports.remaining > 0, usage
    for path in ("/v1/ping", "/v1/compute/ping"):
        assert record.plain.get(record.url + path).json() == {"success": True}
    for headers in ({"Authorization": f"Bearer {client.session.api_key}"}, {"x-api-key": client.session.api_key}):
        answer = record.plain.get(f"{record.url}/v1/connect", headers={"api_key": None, **headers})
        assert answer.status_code == 200, answer.text
    assert record.plain.get(f"{record.url}/v1/connect", headers={"api_key": "sb_wrong"}).status_code == 401
    assert client.misc.get_version_info().xplainable_version == client.misc.get_xplainable_version()


def datasets(client, record, file):
    """Uploads a file and records, reads them back in every form, and deletes what no run uses."""
    uploaded = client.datasets.upload_dataset_file(file, name="a file from Python", description="d")
    dataset_id = uploaded.dataset_id
    assert (uploaded.name, bool(uploaded.status)) == ("a file from Python", True), uploaded
    info = client.datasets.get_dataset_info(dataset_id)
    assert info.rows > 0 and info.columns > 1 and info.size > 0 and info.created, info
    assert any(one.dataset_id == dataset_id and one.rows == info.rows for one in client.datasets.list_team_datasets())
    first = client.datasets.preview_dataset(dataset_id, rows=5)
    assert first.shape == (5, info.columns), first
    moved = client.datasets.preview_dataset_json(dataset_id, rows=3, offset=2)
    assert [list(map(str, row.values())) for row in moved] == [list(map(str, row.values())) for row in client.datasets.preview_dataset_json(dataset_id, rows=5)[2:]]
    sampled = [client.datasets.preview_dataset_json(dataset_id, rows=5, sample=True) for _ in range(2)]
    assert sampled[0] == sampled[1] and len(sampled[0]) == 5
    csv = record.plain.get(f"{record.url}/v1/datasets/{dataset_id}/download", params={"format": "csv"})
    assert csv.text.splitlines()[0].count(",") >= info.columns - 1, csv.text[:200]
    signed = record.plain.get(f"{record.url}/v1/datasets/{dataset_id}/presign").json()["url"]
    parquet = record.plain.get(signed, headers={"api_key": None})
    assert parquet.status_code == 200 and parquet.content[:4] == parquet.content[-4:] == b"PAR1"

    records = pandas.read_csv(file, nrows=50).to_dict("records")
    small = client.datasets.upload_dataset("records from Python", [{name: None if pandas.isna(cell) else cell for name, cell in row.items()} for row in records])
    assert client.datasets.get_dataset_info(small.dataset_id).rows == 50
    assert client.datasets.delete_dataset(small.dataset_id)
    refused("DATASET_NOT_FOUND", client.datasets.get_dataset_info, small.dataset_id)
    return dataset_id


def summaries(client, file):
    """A file and a stored dataset summed up; each opens a run that has not started."""
    summary = client.autotrain.summarize_dataset(file)
    assert set(summary.dtypes) == set(summary.missing_values) == set(summary.columns) and summary.rows > 0, summary
    stored = has(client.autotrain.summarize_by_dataset_id(summary.metadata["dataset_id"]), {"columns": list, "rows": int, "dtypes": dict, "missing_values": dict, "metadata": dict})
    assert stored["metadata"]["dataset_id"] == summary.metadata["dataset_id"] and stored["metadata"]["run_id"] != summary.metadata["run_id"], stored
    refused("DATASET_IN_USE", client.datasets.delete_dataset, summary.metadata["dataset_id"])
    return summary
