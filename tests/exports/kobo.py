"""Makes the exports of KoboToolbox in this folder with Kobo's own library (formpack 3.0.0), as Kobo's server calls it.

It is run by hand where that library is installed, which comes from GitHub alone:

    pip install git+https://github.com/kobotoolbox/formpack && python kobo.py FORM.xlsx

where FORM.xlsx is the form that README.md names.
"""

from __future__ import annotations

import sys
from pathlib import Path

from formpack import FormPack
from formpack.schema.fields import (
    IdCopyField,
    NotesCopyField,
    SubmissionTimeCopyField,
    TagsCopyField,
    ValidationStatusCopyField,
)
from formpack.utils.expand_content import expand_content
from formpack.utils.xls_to_ss_structure import xlsx_to_dicts

HERE = Path(__file__).parent
COPIED = (
    IdCopyField,
    "_uuid",
    SubmissionTimeCopyField,
    ValidationStatusCopyField,
    NotesCopyField,
    "_status",
    "_submitted_by",
    "__version__",
    TagsCopyField,
)
TOLD = {"ia_rubric": "ready-to-open@1.0.0", "ia_audit": "mill-lane-1", "ia_subject": "The kitchen at Mill Lane"}


def submission(place: int, uuid: str, when: str, answers: dict[str, str], version: str = "vOne") -> dict[str, object]:
    return {
        "_id": 4000 + place,
        "_uuid": uuid,
        "_submission_time": when,
        "_validation_status": {},
        "_notes": [],
        "_status": "submitted_via_web",
        "_submitted_by": "kitchen_admin",
        "_tags": [],
        "__version__": version,
        "meta/instanceID": f"uuid:{uuid}",
        **TOLD,
        **answers,
    }


def pages(form: dict[str, object]) -> dict[str, str]:
    """The path of every question by its name, as submissions have it."""
    paths: dict[str, str] = {}
    above: list[str] = []
    for row in form["survey"]:  # type: ignore[attr-defined]
        if row["type"] == "begin_group":
            above.append(row["name"])
        elif row["type"] == "end_group":
            above.pop()
        elif "name" in row:
            paths[row["name"]] = "/".join([*above, row["name"]])
    return paths


def given(paths: dict[str, str], **answers: str) -> dict[str, str]:
    return {paths[name]: value for name, value in answers.items()}


def main(file: str) -> None:
    content = xlsx_to_dicts(open(file, "rb"))  # noqa: SIM115, PTH123
    content = {"survey": content["survey"], "choices": content["choices"], "settings": content["settings"][0]}
    paths = pages(content)
    expand_content(content, in_place=True)
    first = given(
        paths,
        ia_perspective="cooks",
        ia_people="2",
        q_clean_water="yes",
        q_way_out="no",
        q_way_out__note='The back door is "stuck"; it needs a push.',
        q_cold_store="not_applicable",
        q_cold_store__reason="Only dry food is kept.",
        q_rota="unknown",
    )
    second = given(paths, ia_perspective="guests", ia_people="5", q_clean_water="yes", q_menu_together="no")
    third = second | given(paths, q_menu_together="yes", q_menu_together__note="=1+1\nNow we do.")
    fourth = given(paths, ia_perspective="guests", ia_people="1", q_cold_store="no", q_free_of_charge="yes")
    rows = [
        submission(1, "aaaaaaaa-0000-4000-8000-000000000001", "2026-11-20T09:30:00", first),
        submission(2, "aaaaaaaa-0000-4000-8000-000000000002", "2026-11-21T10:00:00", second),
        submission(3, "aaaaaaaa-0000-4000-8000-000000000002", "2026-11-21T10:05:00", third),
        submission(4, "aaaaaaaa-0000-4000-8000-000000000004", "2026-11-22T18:45:00", fourth),
    ]
    pack = FormPack(
        [{"content": content, "version": "vOne", "version_id_key": "__version__"}],
        title="Kitchen",
        id_string="aKitchen",
    )
    for name, options in {
        "kobo-names": {},
        "kobo-labels": {"lang": None, "hierarchy_in_labels": True},
        "kobo-labels-only": {"lang": None},
        "kobo-names-in-groups": {"hierarchy_in_labels": True, "group_sep": "."},
    }.items():
        export = pack.export(versions=pack.versions.keys(), copy_fields=COPIED, force_index=True, **options)
        lines = "".join(f"{line}\r\n" for line in export.to_csv(rows))
        (HERE / f"{name}.csv").write_bytes(lines.encode())
    export = pack.export(versions=pack.versions.keys(), copy_fields=COPIED, force_index=True)
    export.to_xlsx(str(HERE / "kobo.xlsx"), rows)


if __name__ == "__main__":
    main(sys.argv[1])
