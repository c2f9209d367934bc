// Runs `compile.py` in the very Python that the page has, on the folder that is named. It needs Node, and nothing else.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, packages] = process.argv.slice(2);
const { loadPyodide } = createRequire(`${packages}/`)("pyodide");
const python = await loadPyodide();
python.FS.mkdir("/folder");
python.FS.mount(python.FS.filesystems.NODEFS, { root: folder }, "/folder");
python.runPython(readFileSync(new URL("compile.py", import.meta.url), "utf8"));
