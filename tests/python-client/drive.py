"""Takes a CSV from upload to monitor with the published Python client, unchanged, over every route of the wire.

    python drive.py FILE --url http://127.0.0.1:4100 --key sb_… --target COLUMN

The column must have two classes, and the table a column of text and one of numbers. Prints a line for each route (its
statuses, and the methods of the client that asked for it), then one JSON line with what the run came to. Every answer is
checked against the server's OpenAPI document. The server must let webhooks go to private addresses.
"""

import argparse
import json
import sys

from xplainable_client.client.client import XplainableClient

from data_in import connection, datasets, summaries
from not_offered import not_offered
from preprocessors import preprocessors
from products import monitors, reports, webhooks
from record import Record
from runs import answered_otherwise, commands, talk, train_again, whole_run
from serving import deployments, keys_and_predictions, models, predictions_through_the_client, train_in_one_call


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--url", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--target", required=True)
    return parser.parse_args()


def table_of(client, summary, target):
    """A column of text and one of numbers beside the label, and rows to send."""
    dataset_id = summary.metadata["dataset_id"]
    rows = client.datasets.preview_dataset_json(dataset_id, rows=200)
    inputs = [name for name in summary.columns if name != target]
    # The last of each: the first columns of a table are often identifiers.
    text = [name for name in inputs if all(isinstance(row[name], (str, type(None))) for row in rows) and len({row[name] for row in rows}) < 20][-1]
    number = [name for name in inputs if any(isinstance(row[name], (int, float)) for row in rows)][-1]
    return {"dataset_id": dataset_id, "target": target, "rows": rows, "text": text, "number": number}


def main():
    given = arguments()
    record = Record(given.url, given.key)
    record.watch()
    client = XplainableClient(api_key=given.key, hostname=given.url)
    client.session.inference_hostname = given.url
    connection(client, record)
    uploaded = datasets(client, record, given.file)
    summary = summaries(client, given.file)
    dataset_id, opened = summary.metadata["dataset_id"], summary.metadata["run_id"]
    table = table_of(client, summary, given.target)

    state, asked = whole_run(client, opened, given.target)
    first = state["results"]
    talk(client, opened)
    second = train_again(client, opened, first["model_hash"])["results"]
    commands(client, record, uploaded)
    answered_otherwise(client, uploaded, table)

    models(client, record, first, second)
    other = train_in_one_call(client, dataset_id, table)
    deployments(client, record, first, other)
    keys_and_predictions(client, record, {**first, "next_version": second["version_id"]}, table)
    predictions_through_the_client(client, record, first, {"file": given.file, "rows": summary.rows, "dataset_id": dataset_id})
    reports(client, record, opened, first)
    monitors(client, record, first, table)
    webhooks(record)
    preprocessors(client, record, table, other["version_id"])
    not_offered(client, record, first, {"summary": summary, "dataset_id": dataset_id})
    record.finish(client)
    print(json.dumps({"rows": summary.rows, "status": state["status"], "label": state["label"], "asked": asked, "results": first}))


if __name__ == "__main__":
    sys.exit(main())
