"""Takes a CSV through all thirteen methods with the published Python client, unchanged.

    python drive.py FILE --url http://127.0.0.1:4100 --key sb_… [--target COLUMN]

Every gate is answered with what the card recommends. Prints one JSON line with what the run came to.
"""

import argparse
import json
import sys
import time

from xplainable_client.client.base import XplainableAPIError
from xplainable_client.client.client import XplainableClient


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


def talk(client, run_id):
    """A question is answered from the run's own facts; both sides are kept."""
    reply = client.agentic.send_chat(run_id, "Why this label, and how good is the model?")
    assert reply.content and reply.message_type == "text", reply
    history = client.agentic.get_chat_history(run_id)
    assert [message["role"] for message in history] == ["user", "assistant"], history
    assert history[1]["content"] == reply.content, history


def train_again(client, run_id, model_hash):
    """Replaying every decision on the same data gives the same model."""
    again = client.agentic.retrain(run_id)
    assert again["parent_run_id"] == run_id, again
    state, asked = follow(client, again["run_id"], None)
    assert (state["status"], asked) == ("completed", []), (state, asked)
    assert state["results"]["model_hash"] == model_hash, state["results"]


def follow(client, run_id, target):
    """Answers every gate until the run has ended; returns its state and the decisions that were asked for."""
    asked = []
    while True:
        state = client.agentic.get_run_state(run_id)
        if state["status"] in ("completed", "failed", "cancelled", "paused"):
            return state, asked
        card = client.agentic.get_pending_decision(run_id)
        if card is None:
            time.sleep(0.05)
            continue
        asked.append(card["decision_type"])
        submitted = answer(client, run_id, card, target)
        assert submitted.status in ("running", "completed"), submitted


def refused(code, call, *arguments, **named):
    """The call must be refused with this code, and the text must say what to do."""
    try:
        call(*arguments, **named)
    except XplainableAPIError as error:
        assert error.code == code, (code, error.code, str(error))
        assert error.suggestion, error
        return
    raise AssertionError(f"{call.__name__} was not refused with {code}")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("file")
    arguments.add_argument("--url", required=True)
    arguments.add_argument("--key", required=True)
    arguments.add_argument("--target")
    given = arguments.parse_args()
    client = XplainableClient(api_key=given.key, hostname=given.url)

    summary = client.autotrain.summarize_dataset(given.file)
    opened = summary.metadata["run_id"]
    started = client.agentic.start_run(model_name="driven by Python", run_id=opened)
    assert (started.run_id, started.status) == (opened, "queued"), started
    refused("RUN_ALREADY_STARTED", client.agentic.start_run, model_name="again", run_id=opened)
    refused("DATASET_REQUIRED", client.agentic.start_run, model_name="on nothing")

    state, asked = follow(client, opened, given.target)
    assert state["status"] == "completed", state
    phases = client.agentic.get_phases(opened)
    dag = client.agentic.get_preprocessing_dag(opened)
    lineage = client.agentic.get_column_lineage(opened)
    assert [phase["phase"] for phase in phases] == asked, (phases, asked)
    assert len(dag["nodes"]) >= 2 and len(dag["edges"]) >= 1, dag
    assert any(column["type"] == "model_term" for column in lineage["columns"]), lineage
    assert client.agentic.get_pending_decision(opened) is None
    talk(client, opened)
    train_again(client, opened, state["results"]["model_hash"])
    refused("DECISION_NOT_OPEN", client.agentic.submit_decision, opened, "label_selection", choice_index=0)
    refused("NOT_PAUSED", client.agentic.resume_run, opened)
    refused("NOTHING_TO_SKIP", client.agentic.skip_phase, opened)
    refused("RUN_ENDED", client.agentic.cancel_run, opened)

    dataset_id = summary.metadata["dataset_id"]
    second = client.runs.create_run(client.session.team_id, "python", name="to be cancelled", metadata={"dataset_id": dataset_id})
    client.agentic.start_run(model_name="to be cancelled", run_id=second, require_approval=["data_preparation"])
    while client.agentic.get_pending_decision(second) is None:
        time.sleep(0.05)
    skipped = client.agentic.skip_phase(second)
    assert skipped.skipped_phase == "data_preparation", skipped
    assert client.agentic.cancel_run(second).success
    assert client.agentic.get_run_state(second)["status"] == "cancelled"
    assert {run["run_id"] for run in client.runs.list_team_runs()} >= {opened, second}

    print(json.dumps({"rows": summary.rows, "status": state["status"], "label": state["label"], "asked": asked, "results": state["results"]}))


if __name__ == "__main__":
    sys.exit(main())
