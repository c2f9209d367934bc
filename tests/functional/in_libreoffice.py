"""Types into workbooks in LibreOffice, saves them and says what it sees in them.

Run by the Python that has LibreOffice's bridge, which may not be that of the tests: `in_libreoffice.py PIPE`, with a
list of jobs as JSON on standard input. A job has `open`, and may have `type` (cells by sheet, with what is typed),
`look` (cells) and `save` (files, by the name of a filter). What it sees goes to standard output, one entry a job.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException


def prop(name: str, value: Any) -> Any:
    return PropertyValue(name, 0, value, 0)


def connected(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _attempt in range(300):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)
    sys.exit("LibreOffice does not answer")


def done(desktop: Any, dispatcher: Any, job: dict[str, Any]) -> dict[str, Any]:
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(job["open"]), "_blank", 0, (prop("Hidden", True),))
    controller = document.CurrentController
    for name, cells in job.get("type", {}).items():
        controller.setActiveSheet(document.Sheets.getByName(name))
        for place, text in cells.items():
            dispatcher.executeDispatch(controller.Frame, ".uno:GoToCell", "", 0, (prop("ToPoint", place),))
            dispatcher.executeDispatch(controller.Frame, ".uno:EnterString", "", 0, (prop("StringName", text),))
    for file, filter_name in job.get("save", {}).items():
        document.storeToURL(uno.systemPathToFileUrl(file), (prop("FilterName", filter_name),))
    sheets = [document.Sheets.getByIndex(place) for place in range(document.Sheets.Count)]
    seen = {
        "sheets": {sheet.Name: [sheet.IsVisible, sheet.isProtected()] for sheet in sheets},
        "names": {
            one.Name: one.Content
            for one in (document.NamedRanges.getByIndex(n) for n in range(document.NamedRanges.Count))
        },
        "cells": {
            place: look(document.Sheets.getByName("Answers").getCellRangeByName(place)) for place in job.get("look", ())
        },
    }
    document.close(True)
    return seen


def look(cell: Any) -> dict[str, Any]:
    rule = cell.Validation
    return {
        "text": cell.String,
        "list": rule.getFormula1(),
        "kind": rule.Type.value,
        "locked": cell.CellProtection.IsLocked,
    }


def main() -> None:
    context = connected(sys.argv[1])
    services = context.ServiceManager
    desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = services.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    print(json.dumps([done(desktop, dispatcher, job) for job in json.load(sys.stdin)]))
    desktop.terminate()


main()
