"""Models, deployments and predictions."""

from record import has, refused

MODEL = {
    "model_id": str, "model_name": str, "model_description": str, "model_type": str, "target_name": str, "algorithm": str, "created": str,
    "deployment_id": [str], "active_version": [str], "deployed": bool, "number_of_versions": int,
}
TRAINED = {"model_id": str, "version_id": str, "run_id": str, "train_metrics": dict, "test_metrics": dict, "feature_importances": dict, "n_train": int, "n_test": int, "warnings": list}
PREDICTION = {"index": int, "partition": str, "score": float, "proba": float, "pred": str}


def models(client, record, first, second):
    """Lists, versions, partitions, curves, evaluation and features of the model that was trained twice."""
    model_id, version_id = first["model_id"], first["version_id"]
    assert any(one.model_id == model_id for one in client.models.list_team_models())
    model = client.models.get_model(model_id)
    assert model.model_type == "binary_classification" and model.deployed is True and model.active_version == second["version_id"], model
    has(record.plain.get(f"{record.url}/v1/models/{model_id}").json(), MODEL)
    versions = client.models.list_model_versions(model_id)
    assert {one.version_id for one in versions} == {version_id, second["version_id"]} and all(one.partitions == 1 for one in versions), versions
    assert sorted(one.version_number for one in versions) == [1, 2]
    parts = client.models.list_model_version_partitions(version_id)["partitions"]
    assert client.models.list_model_version_partitions("latest")["partitions"]
    assert client.models.get_model_profile(version_id)["terms"]
    assert client.models.get_model_evaluation(parts[0]["partition_id"])
    assert client.models.get_feature_info(version_id)["features"]


def train_in_one_call(client, dataset_id, table):
    """A second model without any decision; one input is kept out of it."""
    named = {"dataset_id": dataset_id, "target_column": table["target"], "model_name": "in one call"}
    refused("DATASET_NOT_FOUND", client.models.train_model, **{**named, "dataset_id": "00000000-0000-4000-8000-000000000000"})
    trained = has(client.models.train_model(**named, drop_columns=[table["text"]], test_size=0.25, seed=3), TRAINED)
    assert table["text"] not in trained["feature_importances"] and trained["feature_importances"], trained
    assert abs(trained["n_test"] / (trained["n_test"] + trained["n_train"]) - 0.25) < 0.02, trained
    model = client.models.get_model(trained["model_id"])
    assert (model.deployed, model.deployment_id, model.display_name) == (False, None, "in one call"), model
    assert [phase["phase"] for phase in client.agentic.get_phases(trained["run_id"])] == ["label_selection", "model_training"]
    return trained


def deployments(client, record, first, other):
    """A deployment from inactive to deleted, its keys, and what predicts through it."""
    refused("VERSION_NOT_DEPLOYED", client.inference.predict, [{"x": 1}], other["model_id"], other["version_id"])
    deployment_id = client.deployments.deploy(other["version_id"]).deployment_id
    assert client.deployments.deploy(other["version_id"]).deployment_id == deployment_id
    listed = next(one for one in client.deployments.list_deployments() if one.deployment_id == deployment_id)
    assert (listed.active, listed.version_id, listed.model_id) == (False, other["version_id"], other["model_id"]), listed
    payload = client.deployments.get_deployment_payload(deployment_id)
    refused("DEPLOYMENT_INACTIVE", client.inference.predict, payload, other["model_id"], other["version_id"])
    assert client.deployments.activate_deployment(deployment_id)["status"] == "active"
    assert len(client.inference.predict(payload, other["model_id"], other["version_id"])) == len(payload)
    refused("VERSION_OF_OTHER_MODEL", client.deployments.update_deployment_version, deployment_id, first["version_id"])
    assert client.deployments.update_deployment_version(deployment_id, other["version_id"])["version_id"] == other["version_id"]
    assert client.deployments.deactivate_deployment(deployment_id)["status"] == "inactive"
    assert client.deployments.delete_deployment(deployment_id)["status"] == "deleted"
    refused("NOT_FOUND", client.deployments.get_deployment_payload, deployment_id)


def keys_and_predictions(client, record, first, table):
    """A deploy key, shown once; what it predicts, and that it no longer does once it is revoked."""
    deployment_id = first["deployment_id"]
    before = client.deployments.get_active_team_deploy_keys_count()
    key = str(client.deployments.generate_deploy_key(deployment_id, "from Python", 30))
    assert client.deployments.get_active_team_deploy_keys_count() == before + 1
    kept = next(one for one in client.deployments.list_deploy_keys(deployment_id) if one.description == "from Python")
    assert kept.revoked is False and kept.expires > kept.created, kept
    assert key not in str(record.plain.get(f"{record.url}/v1/deployments/{deployment_id}").json())
    payload = client.deployments.get_deployment_payload(deployment_id)
    assert payload and table["target"] not in payload[0], payload
    predict(record, key, payload, table)
    for version_id in (first["next_version"], first["version_id"]):
        assert client.deployments.update_deployment_version(deployment_id, version_id)["version_id"] == version_id
        assert record.plain.post(f"{record.url}/v1/predict", json=payload, headers={"api_key": key}).status_code == 200
    revoked = client.deployments.revoke_deploy_key(deployment_id, kept.key_id)
    assert revoked["status"] == "revoked", revoked
    assert record.plain.post(f"{record.url}/v1/predict", json=payload, headers={"api_key": key}).status_code == 401
    assert client.deployments.get_active_team_deploy_keys_count() == before


def predict(record, key, payload, table):
    """With the deploy key alone: thresholds move the call, a breakdown sums to the score."""
    def post(**query):
        answer = record.plain.post(f"{record.url}/v1/predict", json=payload, params=query, headers={"api_key": key})
        assert answer.status_code == 200, answer.text
        return answer.json()

    plain, all_in, none_in = post(), post(threshold=0), post(threshold=1, show_breakdown="True")
    for index, row in enumerate(plain):
        assert has(row, PREDICTION)["index"] == index and "breakdown" not in row, row
    assert len({row["pred"] for row in all_in}) == 1 and {row["pred"] for row in all_in} != {row["pred"] for row in none_in}, (all_in, none_in)
    assert all(abs(sum(row["breakdown"].values()) - row["score"]) < 1e-9 for row in none_in), none_in[0]
    assert [row["score"] for row in none_in] == [row["score"] for row in plain]
    odd = record.plain.post(f"{record.url}/v1/predict", json=[{**payload[0], table["target"]: "any", "no such column": 1}], headers={"api_key": key}).json()
    assert odd[0]["score"] == plain[0]["score"], odd


def predictions_through_the_client(client, record, first, given):
    """Records, a file, a file in batches, and a whole stored dataset through the inference server."""
    model_id, version_id, file = first["model_id"], first["version_id"], given["file"]
    payload = client.deployments.get_deployment_payload(first["deployment_id"])
    by_records = client.inference.predict(payload, model_id, version_id)
    assert len(by_records) == len(payload) and has(by_records[0], PREDICTION)
    by_file = client.inference.predict_file(file, model_id, version_id, threshold=0)
    assert len(by_file) == given["rows"] and len({row["pred"] for row in by_file}) == 1
    batches = list(client.inference.stream_predictions(file, model_id, version_id, batch_size=given["rows"] // 3 + 1))
    assert sum(map(len, batches)) == given["rows"] and len(batches) == 3
    scored = client.inference.score_dataset(given["dataset_id"], version_id, top_n=5)
    assert (scored["n_rows"], scored["model_type"], len(scored["top"])) == (given["rows"], "classification", 5), scored
    assert scored["top"][0]["proba"] == max(row["proba"] for row in client.inference.predict_file(file, model_id, version_id) if "proba" in row) or scored["top"][0]["proba"] > 0.5
