"""Every method for preprocessors, on a text and a number of whatever table is driven."""

import pandas

from record import refused


def preprocessors(client, record, table, model_version_id):
    dataset_id, name = table["dataset_id"], f"driven by Python on {table['dataset_id']}"
    text, number, target = table["text"], table["number"], table["target"]
    rows = [{**row, text: f" {row[text]}", number: "3"} for row in table["rows"][:2]]
    frame = pandas.DataFrame(rows)
    strip = {"id": "strip", "type": "TextCleanTransformer", "columns": [text], "params": {"operations": ["strip"]}}
    parse = {"id": "parse", "type": "ParseNumericTransformer", "columns": [number], "params": {}}
    spec, longer = {"version": "2.0", "steps": [strip]}, {"version": "2.0", "steps": [strip, parse]}
    work = client.preprocessing
    preprocessor_id, first = work.create_preprocessor(name, "d", spec, frame)
    try:
        work.create_preprocessor(name, "again", spec)
        raise AssertionError("a name was taken twice")
    except ValueError:
        pass
    assert any(one.id == preprocessor_id for one in work.list_preprocessors())
    assert work.get_preprocessor(preprocessor_id).name == name
    second = work.add_version(preprocessor_id, longer, frame, parent_version_id=first)
    third = work.update_version(second, longer)
    assert work.get_version(third)["spec"] == longer and work.get_version(third)["parent_version_id"] == second
    assert work.fit_version(third, frame)["status"] == "fitted"
    shown = work.preview(third, frame)
    assert [delta["step_id"] for delta in shown["step_deltas"]] == ["strip", "parse"], shown
    assert shown["sample_after"][0][number] == 3 and shown["sample_after"][0][text] == str(table["rows"][0][text]).strip(), shown
    assert work.preview_from_data(third, rows[:1])["fitted_on"] == "fit"
    assert work.fit_version_from_data(second, rows[:1])["rows"] == 1
    made = work.create_preprocessor_from_spec(f"{name}, from records", "d", spec, rows[:1])
    more = work.add_version_from_spec(made["preprocessor_id"], spec)
    assert work.update_version_from_spec(more["version_id"], longer)["version_id"]
    unsafe_and_refused(client, record, {"dataset_id": dataset_id, "spec": spec, "text": text, "target": target, "version": third})

    assert work.check_signature(third, model_version_id)["signatures_match"] is True
    client.models.link_preprocessor(model_version_id, third)
    assert work.get_version(third)["linked_models"] == [model_version_id]
    refused("PREPROCESSOR_LINKED", work.delete_version, third)
    assert work.delete_version(second)["status"] == "deleted"
    assert work.delete_preprocessor(made["preprocessor_id"])["status"] == "deleted"
    refused("NOT_FOUND", work.get_version, second)
    assert "ParseNumericTransformer" in str(work.list_available_transformers())


def unsafe_and_refused(client, record, given):
    """An unsafe spec is shown for what it is; a step of one's own code and a binary are refused."""
    work, spec, target, dataset_id = client.preprocessing, given["spec"], given["target"], given["dataset_id"]
    drop = {"version": "2.0", "steps": [{"id": "drop", "type": "DropColumnsTransformer", "columns": [target], "params": {}}]}
    assert work.preview_spec(dataset_id, drop, target_column=target)["safety_errors"]
    safe = work.preview_spec(dataset_id, spec, target_column=target, max_rows=100)
    assert safe["safety_errors"] == [] and safe["rows_before"] == safe["rows_after"] == 100 and given["text"] in safe["output_columns"], safe
    custom = {"version": "2.0", "steps": [{"id": "x", "type": "custom", "params": {"code": "x"}}]}
    assert work.preview_spec(dataset_id, custom)["safety_errors"]
    refused("custom_steps_disabled", work.create_preprocessor, "custom", "d", custom)
    refused("client_pipeline_binaries_retired", work.create_from_pipeline, "binary", "d", None, None)
    refused("NOT_OFFERED", work.load_pipeline, given["version"])
    binary = {"preprocessor_name": "binary", "preprocessor_description": "d", "spec": spec, "pipeline_binary": "gASVAAAA"}
    sent = record.plain.post(f"{record.url}/v1/preprocessors/create", json=binary)
    assert (sent.status_code, sent.json()["error"]["code"]) == (410, "client_pipeline_binaries_retired"), sent.text
