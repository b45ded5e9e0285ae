"""Runs: every gate answered, and each command that a run takes."""

import time

from record import has, refused

ENDED = ("completed", "failed", "cancelled", "paused")
RUN = {
    "run_id": str, "name": str, "description": str, "status": str, "current_phase": [str], "progress": (int, float), "dataset_id": str,
    "settings": dict, "results": dict, "created_at": str, "started_at": [str], "completed_at": [str],
}
RESULTS = ("metrics", "model_id", "version_id", "model_hash", "deployment_id", "report_id", "monitor_id")
CARD = {"decision_id": str, "revision": int, "decision_type": str, "phase": str, "options": list, "context": dict, "accepts": dict}


def answer(client, run_id, card, target):
    """Answers an open decision as a person would who follows the recommendation."""
    kind = card["decision_type"]
    if kind in ("data_preparation", "feature_engineering"):
        apply = [option["index"] for option in card["options"] if option["recommended"]]
        skip = [option["index"] for option in card["options"] if not option["recommended"]]
        return client.agentic.submit_decision(run_id, kind, apply_indices=apply, skip_indices=skip)
    if kind == "label_selection" and target is not None:
        return client.agentic.submit_decision(run_id, kind, custom_value=target)
    if kind == "label_selection":
        return client.agentic.submit_decision(run_id, kind, choice_index=card["recommended_index"])
    if kind == "model_training":
        return client.agentic.submit_decision(run_id, kind, choice_index=card["recommended_index"], action="train")
    if kind == "model_deployment":
        return client.agentic.submit_decision(run_id, kind, action="approve")
    if kind == "report_creation":
        return client.agentic.submit_decision(run_id, kind, report_config={})
    if kind == "monitoring_creation":
        return client.agentic.submit_decision(run_id, kind, monitoring_config={})
    raise SystemExit(f"this script cannot answer {kind}")


def next_card(client, run_id):
    """The decision that the run waits for, once it does."""
    while True:
        card = client.agentic.get_pending_decision(run_id)
        if card is not None:
            return has(card, CARD)
        state = client.agentic.get_run_state(run_id)
        assert state["status"] not in ENDED, state
        time.sleep(0.05)


def follow(client, run_id, target):
    """Answers every gate until the run has ended; returns its state and the decisions that were asked for."""
    asked = []
    while True:
        state = client.agentic.get_run_state(run_id)
        if state["status"] in ENDED:
            return state, asked
        card = client.agentic.get_pending_decision(run_id)
        if card is None:
            time.sleep(0.05)
            continue
        has(card, CARD)
        assert card["phase"] == card["decision_type"], card
        asked.append(card["decision_type"])
        submitted = answer(client, run_id, card, target)
        assert submitted.status in ("running", "completed"), submitted


def whole_run(client, opened, target):
    """A run from the opened one to its monitor, every gate asked for."""
    refused("DATASET_REQUIRED", client.agentic.start_run, model_name="on nothing")
    before = client.agentic.get_run_state(opened)
    assert (before["status"], before["started_at"]) == ("queued", None), before
    started = client.agentic.start_run(model_name="driven by Python", run_id=opened)
    assert (started.run_id, started.status) == (opened, "queued"), started
    refused("RUN_ALREADY_STARTED", client.agentic.start_run, model_name="again", run_id=opened)
    state, asked = follow(client, opened, target)
    assert state["status"] == "completed", state
    has(state, RUN)
    assert state["progress"] == 1 and all(state["results"][name] is not None for name in RESULTS), state
    phases = client.agentic.get_phases(opened)
    assert [phase["phase"] for phase in phases] == asked, (phases, asked)
    assert all(has(phase, {"status": str, "started_at": str, "completed_at": str}) for phase in phases), phases
    dag = client.agentic.get_preprocessing_dag(opened)
    assert len(dag["nodes"]) >= 2 and len(dag["edges"]) >= 1, dag
    lineage = client.agentic.get_column_lineage(opened)
    assert any(column["type"] == "model_term" for column in lineage["columns"]) and lineage["edges"], lineage
    assert client.agentic.get_pending_decision(opened) is None
    refused("DECISION_NOT_OPEN", client.agentic.submit_decision, opened, "label_selection", choice_index=0)
    refused("NOT_PAUSED", client.agentic.resume_run, opened)
    refused("NOTHING_TO_SKIP", client.agentic.skip_phase, opened)
    refused("RUN_ENDED", client.agentic.cancel_run, opened)
    refused("NOT_FOUND", client.agentic.get_run_state, "not-a-uuid")
    return state, asked


def answered_otherwise(client, dataset_id, table):
    """The answers that a person gives who does not follow the recommendation; nothing is deployed, reported or watched."""
    run_id = client.runs.create_run(client.session.team_id, "python", name="otherwise", metadata={"dataset_id": dataset_id})
    client.agentic.start_run("otherwise", "d", run_id=run_id, user_query="as it happened", auto_apply_safe_features=False)
    say = client.agentic.submit_decision
    first = next_card(client, run_id)
    say(run_id, "data_preparation", apply_indices=[], skip_indices=[option["index"] for option in first["options"]], done=False)
    again = next_card(client, run_id)
    assert (again["decision_type"], again["revision"]) == ("data_preparation", first["revision"] + 1), again
    refused("DECISION_INVALID", say, run_id, "data_preparation", apply_indices=[0], skip_indices=[0])
    say(run_id, "data_preparation", skipped=True)
    assert next_card(client, run_id)["decision_type"] == "label_selection"
    refused("CHOICE_OUT_OF_RANGE", say, run_id, "label_selection", choice_index=10_000)
    split = {"kind": "random", "column": None, "share": 0.3}
    say(run_id, "label_selection", custom_value={"column": table["target"], "task": "binary", "split": split}, label_type="binary_classification")
    assert next_card(client, run_id)["decision_type"] == "feature_engineering"
    say(run_id, "feature_engineering", selected_indices=[])
    card = next_card(client, run_id)
    say(run_id, "model_training", choice_index=card["recommended_index"], action="train", monotonic_constraints={table["number"]: "increasing"})
    assert next_card(client, run_id)["decision_type"] == "model_deployment"
    say(run_id, "model_deployment", action="reject")
    assert next_card(client, run_id)["decision_type"] == "report_creation"
    say(run_id, "report_creation", action="skip")
    assert next_card(client, run_id)["decision_type"] == "monitoring_creation"
    say(run_id, "monitoring_creation", skipped=True)
    state, _ = follow(client, run_id, None)
    results = state["results"]
    assert state["status"] == "completed" and results["version_id"], state
    assert [results[name] for name in ("deployment_id", "report_id", "monitor_id")] == [None] * 3, results
    skipped = {phase["phase"] for phase in client.agentic.get_phases(run_id) if phase["status"] == "skipped"}
    assert {"data_preparation", "report_creation", "monitoring_creation"} <= skipped, skipped
    monotone = {one["name"]: one["monotone"] for one in client.models.get_feature_info(results["version_id"])["features"]}
    assert monotone.get(table["number"], "increasing") == "increasing", monotone


def talk(client, run_id):
    """A question is answered from the run's own facts; both sides are kept."""
    reply = client.agentic.send_chat(run_id, "Why this label, and how good is the model?")
    assert reply.content and reply.message_type == "text", reply
    history = client.agentic.get_chat_history(run_id)
    assert [message["role"] for message in history] == ["user", "assistant"], history
    assert history[1]["content"] == reply.content, history
    for message in history:
        has(message, {"id": str, "role": str, "content": str, "timestamp": str, "message_type": str, "metadata": dict})


def train_again(client, run_id, model_hash):
    """Replaying every decision on the same data gives the same model; another key than those of the wire is refused."""
    refused("VALIDATION_FAILED", client.agentic.retrain, run_id, {"no such key": 1})
    again = client.agentic.retrain(run_id)
    assert again["parent_run_id"] == run_id and again["status"] == "queued", again
    state, asked = follow(client, again["run_id"], None)
    assert (state["status"], asked) == ("completed", []), (state, asked)
    assert state["parent_run_id"] == run_id and state["results"]["model_hash"] == model_hash, state
    return state


def commands(client, record, dataset_id):
    """Skipping, cancelling and resuming, and what only our own routes do with runs."""
    run_id = client.runs.create_run(client.session.team_id, "python", name="to be cancelled", metadata={"dataset_id": dataset_id})
    assert client.runs.get_run(run_id)["run_id"] == run_id
    client.agentic.start_run(model_name="to be cancelled", run_id=run_id, require_approval=["data_preparation", "label_selection"])
    next_card(client, run_id)
    skipped = client.agentic.skip_phase(run_id)
    assert skipped.success and skipped.skipped_phase == "data_preparation" and skipped.next_phase == "label_selection", skipped
    next_card(client, run_id)
    inbox = record.plain.get(f"{record.url}/v1/agentic/decisions").json()
    assert run_id in str(inbox), inbox
    assert client.agentic.cancel_run(run_id).success and client.agentic.cancel_run(run_id).success
    assert client.agentic.get_run_state(run_id)["status"] == "cancelled"
    for row in client.runs.list_team_runs(limit=2):
        has(row, {"run_id": str, "name": str, "model_id": [str], "dataset_id": str, "status": str, "created": str})
    assert client.runs.list_team_runs(limit=1)[0]["run_id"] == run_id
    assert len(record.plain.get(f"{record.url}/v1/agentic/runs", params={"status": "cancelled", "limit": 1}).json()["runs"]) == 1
    read_events(record, run_id)
    assert record.plain.delete(f"{record.url}/v1/agentic/runs/{run_id}").status_code == 200
    refused("NOT_FOUND", client.agentic.get_run_state, run_id)
    resume(client, record, dataset_id)


def resume(client, record, dataset_id):
    """A run whose decision nobody made in time is paused, and goes on where it is told to."""
    body = {"model_name": "nobody answers", "dataset_id": dataset_id, "decision_timeout_seconds": 0.1, "phase_plan": ["data_preparation", "label_selection"]}
    run_id = record.plain.post(f"{record.url}/v1/agentic/runs", json=body).json()["run_id"]
    while client.agentic.get_run_state(run_id)["status"] != "paused":
        time.sleep(0.05)
    assert client.agentic.get_pending_decision(run_id) is None
    refused("NOTHING_TO_SKIP", client.agentic.skip_phase, run_id)
    resumed = client.agentic.resume_run(run_id)
    assert resumed["status"] in ("running", "waiting_input") and resumed["current_phase"], resumed
    assert client.agentic.cancel_run(run_id).success


def read_events(record, run_id):
    """The whole story of an ended run, and from a given event on only what came after it."""
    address = f"{record.url}/v1/agentic/runs/{run_id}/events"
    every = [line[3:].strip() for line in record.plain.get(address).text.splitlines() if line.startswith("id:")]
    later = [line[3:].strip() for line in record.plain.get(address, headers={"Last-Event-ID": every[0]}).text.splitlines() if line.startswith("id:")]
    assert len(every) > 2 and later == every[1:], (every, later)
