"""What the client can ask for and the wire does not have: each method says so, with a suggestion."""

import pandas
from xplainable_client.client.base import XplainableAPIError

from record import refused


def not_offered(client, record, first, given):
    summary, model_id, version_id, dataset_id = given["summary"], first["model_id"], first["version_id"], given["dataset_id"]
    for call, arguments in [
        *autotrain(client, summary, model_id),
        *optimisers(client, model_id, version_id, dataset_id),
        (client.gpt.explain_model, (model_id, version_id)),
        (client.gpt.generate_documentation, (model_id, version_id)),
        (client.gpt.generate_report, (model_id, version_id)),
        (client.misc.get_model_info, (model_id, version_id)),
        (client.misc.load_classifier, (model_id, version_id)),
        (client.misc.load_regressor, (model_id, version_id)),
        (client.misc.health_check, ()),
        (client.datasets.get_relationships, (dataset_id,)),
        (client.datasets.infer_relationships, (dataset_id,)),
        (client.datasets.set_relationships, (dataset_id,)),
        (client.models.add_version_v2, (model_id, "blob")),
        (client.models.create_model_v2, ("n", "d", "binary_classification", "label", "blob")),
        (client.models.apply_relationships, (version_id,)),
        (client.models.refit_features, (version_id, dataset_id, "label", {})),
        (client.models.refit_model, (version_id, dataset_id, "label")),
    ]:
        refused("NOT_OFFERED", call, *arguments)
    try:
        client.datasets.list_datasets()
        raise AssertionError("public datasets are offered")
    except XplainableAPIError as error:
        assert error.status_code == 404, error
    own_models(client, model_id)


def autotrain(client, summary, model_id):
    work = client.autotrain
    return [
        (work.generate_goals, (summary,)),
        (work.generate_labels, (summary,)),
        (work.generate_feature_engineering, (summary,)),
        (work.generate_insights, ({}, summary)),
        (work.visualize_data, (summary, {})),
        (work.start_autotrain, ("m", "d", summary)),
        (work.check_training_status, (model_id,)),
        (work.train_manual, ("label", "m", "d", model_id, model_id)),
    ]


def optimisers(client, model_id, version_id, dataset_id):
    work = client.optimisers
    return [
        (work.create_optimiser, (model_id, version_id, "o")),
        (work.list_optimisers, (model_id,)),
        (work.delete_optimiser, (model_id,)),
        (work.create_optimiser_version, (model_id,)),
        (work.list_optimiser_versions, (model_id,)),
        (work.get_optimiser_version, (model_id, version_id)),
        (work.delete_optimiser_version, (model_id, version_id)),
        (work.run_optimiser, (model_id, dataset_id)),
        (work.get_optimiser_run, (model_id, version_id)),
        (work.run_portfolio, (model_id, model_id, dataset_id, 100.0)),
    ]


def own_models(client, model_id):
    """A model that the original's own package trained is not taken in: models are trained here."""
    from xplainable import XClassifier

    x = pandas.DataFrame({"a": [float(i % 13) for i in range(200)], "b": [float(i % 7) for i in range(200)]})
    y = (x["a"] + x["b"] > 9).astype(int).rename("label")
    # Fitted anew for each: describing a model to send it changes it.
    fitted = [XClassifier(), XClassifier()]
    for model in fitted:
        model.fit(x, y)
    refused("NOT_OFFERED", client.models.create_model, fitted[0], "n", "d", x, y)
    refused("NOT_OFFERED", client.models.add_version, fitted[1], model_id, x, y)
