// SPDX-License-Identifier: MIT
// The info string of a fence, as all adapters read it: ```php run id=map stdin=ask. It can say which code can be run, but
// neither to which server it goes, nor that scripts of its output run, because whoever writes a page may be a stranger.

const NAMES = ['readonly', 'stdin', 'args', 'output', 'example', 'id'];

/** Returns the attributes of a snippet, or null if the words have no "run". */
export function attributesOf(language, words) {
    if (!words.includes('run')) return null;
    const attributes = { profile: language };
    for (const word of words) {
        const [, name, value = ''] = /^([\w-]+)(?:=(.*))?$/.exec(word) ?? [];
        if (NAMES.includes(name)) attributes[name] = value.replace(/^"(.*)"$/, '$1');
    }
    return attributes;
}
