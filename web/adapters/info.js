// SPDX-License-Identifier: MIT
// The info string of a fence, as all adapters read it: ```php run id=map stdin=ask. It says which code can be run, but
// neither on which server, nor that scripts of the output run, because a stranger may have written the page.

const NAMES = ['readonly', 'stdin', 'args', 'output', 'example', 'id'];
const OUTPUTS = ['text', 'image', 'svg'];

/**
 * Returns the attributes of a snippet, or null if the info string has no word "run". A value with spaces is in quotation
 * marks. Titles in brackets, numbers of lines in braces, and what follows a colon are the site's own.
 */
export function attributesOf(info) {
    const [language = '', ...words] = info.replace(/(^|\s)\[[^\]]*\]/g, ' ').match(/(?:"[^"]*"|[^\s"])+/g) ?? [];
    if (!words.includes('run')) return null;
    const attributes = { profile: /^[\w+#-]*/.exec(language)[0] };
    for (const word of words) {
        const [, name, value = ''] = /^(\w+)(?:=(.*))?$/.exec(word) ?? [];
        if (NAMES.includes(name)) attributes[name] = value.replace(/^"(.*)"$/, '$1');
    }
    if (!OUTPUTS.includes(attributes.output)) delete attributes.output;
    return attributes;
}
