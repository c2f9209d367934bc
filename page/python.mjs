// Runs a script in the very Python that the page has, on a folder. It needs Node, and nothing else.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [script, folder, packages] = process.argv.slice(2);
const { loadPyodide } = createRequire(`${packages}/`)("pyodide");
const python = await loadPyodide();
python.FS.mkdir("/folder");
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/folder");
python.runPython(readFileSync(script, "utf8"));
