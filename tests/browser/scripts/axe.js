// What axe-core finds by the rules with one of these tags or names.
async ([only, without]) => {
    const rules = Object.fromEntries(without.map(rule => [rule, {enabled: false}]));
    return await axe.run(document, {runOnly: only, rules, resultTypes: ['violations', 'incomplete']});
}
