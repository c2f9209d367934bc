# Completion of involve-audit for PowerShell.
Register-ArgumentCompleter -Native -CommandName involve-audit -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object {
        if ($null -ne $_.Value) { "$($_.Value)" } else { $_.Extent.Text }
    })
    $env:_INVOLVE_AUDIT_COMPLETE = 'powershell'
    $env:_INVOLVE_AUDIT_LINE = (@($words) + $wordToComplete.Trim("'", '"')) -join "`n"
    try {
        $before = [Console]::OutputEncoding
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        & $words[0] 2>$null | ForEach-Object {
            $sort, $value, $about = $_ -split "`t", 3
            $typed = if ($value -match '[^\w./:=@-]') { "'" + $value.Replace("'", "''") + "'" } else { $value }
            $shown = if ($about) { $about } else { $value }
            [System.Management.Automation.CompletionResult]::new($typed, $value, 'ParameterValue', $shown)
        }
    }
    finally {
        [Console]::OutputEncoding = $before
        Remove-Item Env:_INVOLVE_AUDIT_COMPLETE, Env:_INVOLVE_AUDIT_LINE
    }
}
