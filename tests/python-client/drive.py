"""Takes a CSV through all thirteen methods with the published Python client, unchanged.

    python drive.py FILE --url http://127.0.0.1:4100 --key sb_… [--target COLUMN]

Every gate is answered with what the card recommends. Prints one JSON line with what the run came to.
"""

import argparse
import json
import sys
import time

import pandas
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


def preprocess(client, dataset_id, model_version_id):
    """Every method for preprocessors, on the table of crash_table: amount, visits, colour and label."""
    frame = pandas.DataFrame([{"amount": "3", "visits": 1, "colour": " red", "label": "yes"}, {"amount": "n/a", "visits": None, "colour": "blue", "label": "no"}])
    strip = {"id": "strip", "type": "TextCleanTransformer", "columns": ["colour"], "params": {"operations": ["strip"]}}
    parse = {"id": "parse", "type": "ParseNumericTransformer", "columns": ["amount"], "params": {}}
    spec, longer = {"version": "2.0", "steps": [strip]}, {"version": "2.0", "steps": [strip, parse]}
    work = client.preprocessing
    preprocessor_id, first = work.create_preprocessor("driven by Python", "d", spec, frame)
    try:
        work.create_preprocessor("driven by Python", "again", spec)
        raise AssertionError("a name was taken twice")
    except ValueError:
        pass
    assert any(one.id == preprocessor_id for one in work.list_preprocessors())
    assert work.get_preprocessor(preprocessor_id).name == "driven by Python"
    second = work.add_version(preprocessor_id, longer, frame, parent_version_id=first)
    third = work.update_version(second, longer)
    assert work.get_version(third)["spec"] == longer and work.get_version(third)["parent_version_id"] == second
    assert work.fit_version(third, frame)["status"] == "fitted"
    shown = work.preview(third, frame)
    assert [delta["step_id"] for delta in shown["step_deltas"]] == ["strip", "parse"], shown
    assert shown["sample_after"][0]["amount"] == 3 and shown["sample_after"][0]["colour"] == "red", shown
    assert work.preview_from_data(third, frame.to_dict("records")[:1])["fitted_on"] == "fit"
    assert work.fit_version_from_data(second, frame.to_dict("records")[:1])["rows"] == 1
    made = work.create_preprocessor_from_spec("from records", "d", spec, frame.to_dict("records")[:1])
    more = work.add_version_from_spec(made["preprocessor_id"], spec)
    assert work.update_version_from_spec(more["version_id"], longer)["version_id"]

    drop = {"version": "2.0", "steps": [{"id": "drop", "type": "DropColumnsTransformer", "columns": ["label"], "params": {}}]}
    assert work.preview_spec(dataset_id, drop, target_column="label")["safety_errors"]
    safe = work.preview_spec(dataset_id, spec, target_column="label", max_rows=100)
    assert safe["safety_errors"] == [] and safe["rows_before"] == safe["rows_after"] == 100 and "colour" in safe["output_columns"], safe
    custom = {"version": "2.0", "steps": [{"id": "x", "type": "custom", "params": {"code": "x"}}]}
    assert work.preview_spec(dataset_id, custom)["safety_errors"]
    refused("custom_steps_disabled", work.create_preprocessor, "custom", "d", custom)
    refused("client_pipeline_binaries_retired", work.create_from_pipeline, "binary", "d", None, None)
    refused("NOT_OFFERED", work.load_pipeline, third)

    assert work.check_signature(third, model_version_id)["signatures_match"] is True
    client.models.link_preprocessor(model_version_id, third)
    assert work.get_version(third)["linked_models"] == [model_version_id]
    refused("PREPROCESSOR_LINKED", work.delete_version, third)
    assert work.delete_version(second)["status"] == "deleted"
    assert work.delete_preprocessor(made["preprocessor_id"])["status"] == "deleted"
    refused("NOT_FOUND", work.get_version, second)


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
    preprocess(client, dataset_id, state["results"]["version_id"])
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
