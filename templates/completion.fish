# Completion of involve-audit for fish.
function __involve_audit_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -l plain (string unescape -- $word)
    test (count $plain) -eq 1; and set word $plain
    set -lx _INVOLVE_AUDIT_COMPLETE fish
    set -lx _INVOLVE_AUDIT_LINE (string join \n -- $words | string collect)\n"$word"
    command $words[1] 2>/dev/null </dev/null | string sub --start 3
end
complete --command involve-audit --no-files --keep-order --arguments '(__involve_audit_complete)'
