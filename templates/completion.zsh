#compdef involve-audit
# Completion of involve-audit for zsh.
_involve-audit() {
    local line sort value about tab=$'\t'
    local -a lines described folders files
    lines=("${(@f)$(_INVOLVE_AUDIT_COMPLETE=zsh \
        _INVOLVE_AUDIT_LINE="${(pj:\n:)${(@Q)words[1,CURRENT-1]}}"$'\n'"${(Q)PREFIX}" \
        command "${(Q)words[1]}" 2>/dev/null </dev/null)}")
    for line in "${(@)lines}"; do
        sort=${line%%$tab*} line=${line#*$tab}
        value=${line%%$tab*} about=${line#*$tab}
        if [[ -z $value ]]; then continue
        elif [[ $sort == f && $value == */ ]]; then folders+=("$value")
        elif [[ $sort == f ]]; then files+=("$value")
        else described+=("${value//:/\\:}${about:+:$about}")
        fi
    done
    (( $#folders )) && compadd -f -S '' -- "${(@)folders}"
    (( $#files )) && compadd -f -- "${(@)files}"
    (( $#described )) && _describe -V involve-audit described
    (( $#folders + $#files + $#described ))
}
if [[ $funcstack[1] == _involve-audit ]]; then
    _involve-audit "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
    compdef _involve-audit involve-audit
fi
