// SPDX-License-Identifier: MIT
// The program that a visitor writes: its language, its code, further files, arguments and input.
import { PageFault } from '../../src/more/page_fault.js';
import { lineOf, wordsOf } from './words.js';

export class Program {
    profile = ''; code = ''; files = []; args = ''; stdin = '';

    /** The texts of the tabs in their order: the code, then the files. */
    textAt(index) {
        return index === 0 ? this.code : this.files[index - 1].content;
    }

    setTextAt(index, value) {
        if (index === 0) this.code = value;
        else this.files[index - 1].content = value;
    }

    /** Adds an empty file, with a name that no other file has. Returns its index. */
    addFile() {
        let number = 1;
        while (this.has(`file${number}.txt`)) number++;
        return this.files.push({ path: `file${number}.txt`, content: '' });
    }

    has(path) {
        return this.files.some((file) => file.path === path);
    }

    /**
     * Returns {request, place}, as src/more/compose.js does. @canAnswer: the visitor can be asked for input while the program runs.
     * Throws a PageFault.
     */
    compose(text, canAnswer) {
        const args = wordsOf(this.args);
        if (!args) throw new PageFault(text.openQuote);
        const request = {
            profile: this.profile, source: this.code, files: this.files.length ? this.files : undefined, args: args.length ? args : undefined,
            stdin: this.stdin || undefined, stdin_open: (!this.stdin && canAnswer) || undefined,
        };
        return { request, place: { before: 0, lines: this.code.split('\n').length, files: this.files.map((file) => file.path) } };
    }

    /** What a link and the browser's tab keep; the profile is the link's name. */
    toContent() {
        const { code, files, stdin } = this;
        return { code, ...(files.length && { files }), ...(stdin && { stdin }), ...(this.args && { args: wordsOf(this.args) ?? [] }) };
    }

    /** Takes what toContent() has made, on this page or, without files, of a snippet. All else is left out. */
    static from(profile, { code, files, stdin, args }) {
        const isFile = (file) => typeof file?.path === 'string' && typeof file.content === 'string';
        const isList = (list, is) => Array.isArray(list) && list.every(is);
        return Object.assign(new Program(), {
            profile, code,
            files: isList(files, isFile) ? files.map(({ path, content }) => ({ path, content })) : [],
            stdin: typeof stdin === 'string' ? stdin : '',
            args: isList(args, (word) => typeof word === 'string') ? lineOf(args) : '',
        });
    }
}
