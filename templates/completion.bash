# Completion of involve-audit for bash 4 and later.
_involve_audit() {
    local sort value about
    COMPREPLY=()
    if [[ ${COMP_WORDS[COMP_CWORD - 1]} == [\<\>]* ]]; then  # a file that the shell itself reads or writes
        compopt -o default
        return 0
    fi
    while IFS=$'\t' read -r sort value about; do
        COMPREPLY+=("$value")
        [[ $sort == f ]] && compopt -o filenames
    done < <(_INVOLVE_AUDIT_COMPLETE=bash _INVOLVE_AUDIT_LINE="${COMP_LINE:0:COMP_POINT}" \
        _INVOLVE_AUDIT_WORD="${COMP_WORDS[COMP_CWORD]}" command "$1" 2>/dev/null </dev/null)
    return 0
}
complete -F _involve_audit involve-audit
