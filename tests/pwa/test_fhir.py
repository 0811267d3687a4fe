"""The copy's FHIR Bundle, made by the app, is valid FHIR R4B and hangs together."""

import re
import subprocess

import msgspec
import pytest
from fhir.resources.R4B import get_fhir_model_class
from fhir.resources.R4B.bundle import Bundle

from tests.pwa.test_build import PWA, write_library
from tools.node import node

Json = dict[str, object]


class Entry(msgspec.Struct, rename="camel"):
    """An entry of the Bundle."""

    full_url: str
    resource: Json


class Entries(msgspec.Struct):
    """The Bundle as its reader sees it."""

    entry: list[Entry]


class Coding(msgspec.Struct):
    """A code."""

    code: str


class Code(msgspec.Struct):
    """What an observation is of."""

    coding: list[Coding]
    text: str


class Quantity(msgspec.Struct):
    """A number."""

    value: float


class Item(msgspec.Struct, rename="camel"):
    """A question, or its answer."""

    link_id: str


def entries(text: str) -> list[Entry]:
    return msgspec.json.decode(text, type=Entries).entry


@pytest.fixture(scope="module")
def text() -> str:
    """A journal with one of everything, and a run of each exercise, as the app says it in FHIR."""
    write_library()
    script = PWA / "tests" / "support" / "fhir.ts"
    return subprocess.run([node(), str(script)], cwd=PWA, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def resources(text: str) -> list[Json]:
    return [entry.resource for entry in entries(text)]


def test_the_bundle_and_each_of_its_resources_is_valid_r4b(text: str, resources: list[Json]) -> None:
    bundle = Bundle.model_validate_json(text)
    for resource in resources:
        get_fhir_model_class(str(resource["resourceType"])).model_validate(resource)

    assert bundle.type == "collection"
    assert {str(resource["resourceType"]) for resource in resources} == {
        *("Patient", "Questionnaire", "QuestionnaireResponse", "Observation"),
    }
    assert len(resources) > 40


def test_a_wrong_field_would_be_found(resources: list[Json]) -> None:
    observation = next(one for one in resources if one["resourceType"] == "Observation")

    with pytest.raises(ValueError, match="status"):
        get_fhir_model_class("Observation").model_validate({**observation, "status": 3})


def test_whatever_is_referred_to_is_in_the_bundle(text: str, resources: list[Json]) -> None:
    urls = [entry.full_url for entry in entries(text)]
    named = re.findall(r'"(?:reference|questionnaire)":"([^"]+)"', text)
    known = {*urls, *(f"{one['url']}|{one['version']}" for one in resources if "url" in one)}

    assert len(named) > 40
    assert set(named) <= known
    assert len(set(urls)) == len(urls)


def test_each_answer_belongs_to_a_question_of_its_questionnaire(resources: list[Json]) -> None:
    asked = {f"{one['url']}|{one['version']}": link_ids(one) for one in resources if "url" in one}

    for one in resources:
        if one["resourceType"] == "QuestionnaireResponse":
            assert link_ids(one) <= asked[str(one["questionnaire"])]


def test_the_patient_has_no_name_and_no_code_is_anyone_elses(text: str, resources: list[Json]) -> None:
    patient = next(one for one in resources if one["resourceType"] == "Patient")

    assert set(patient) == {"resourceType", "id"}
    assert "loinc" not in text.lower()
    assert "snomed" not in text.lower()


def test_a_check_ins_ratings_are_observations_at_the_time_it_was_lived(resources: list[Json]) -> None:
    observations = [one for one in resources if one["resourceType"] == "Observation"]
    first = {coded(one): one for one in observations if str(one["effectiveDateTime"]).startswith("2026-11-22")}

    assert first["distress"]["valueInteger"] == 7
    assert first["distress"]["effectiveDateTime"] == "2026-11-22T13:00:00+01:00"
    assert {code: value(first[code]) for code in ("pleasantness", "energy")} == {"pleasantness": -0.5, "energy": 0.75}


def test_an_exercises_ratings_before_and_after_are_observations(resources: list[Json]) -> None:
    told = [
        one for one in resources if one["resourceType"] == "Observation" and coded(one).startswith("five-stop-scan.")
    ]
    texts = {code_of(one).text.rpartition("(")[2] for one in told}

    assert {"before)", "after)"} <= texts


def code_of(observation: Json) -> Code:
    return msgspec.convert(observation["code"], Code)


def coded(observation: Json) -> str:
    return code_of(observation).coding[0].code


def value(observation: Json) -> float:
    return msgspec.convert(observation["valueQuantity"], Quantity).value


def link_ids(resource: Json) -> set[str]:
    return {item.link_id for item in msgspec.convert(resource.get("item", []), list[Item])}
