// SPDX-License-Identifier: MIT
// The program that a visitor writes: its language, its code, further files, arguments and input.
import { PageFault } from '../../src/more/page_fault.js';
import { isSample } from './samples.js';
import { lineOf, wordsOf } from './words.js';

export class Program {
    profile = ''; code = ''; files = []; args = ''; stdin = '';
    linked = null; // the content that a link brought, as JSON, if this program came with one
    before = null; // the visitor's own program, in whose place the link's is shown

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
        return { request, place: { parts: [{ before: 0, lines: this.code.split('\n').length }], files: this.files.map((file) => file.path) } };
    }

    /** What a link has; the profile is the link's name. */
    toContent() {
        const { code, files, stdin } = this;
        return { code, ...(files.length && { files }), ...(stdin && { stdin }), ...(this.args && { args: wordsOf(this.args) ?? [] }) };
    }

    /** Returns this program if the visitor would miss it, or the one that is kept behind it, or null. */
    get own() {
        const content = JSON.stringify(this.toContent());
        const isUntouched = this.linked === null ? isSample(this.code) && content === JSON.stringify({ code: this.code }) : content === this.linked;
        return isUntouched ? this.before : this;
    }

    /** Returns the program of a link, with the visitor's own one behind it. */
    static fromLink(profile, content, before) {
        const program = Program.from(profile, content);
        return Object.assign(program, { linked: JSON.stringify(program.toContent()), before });
    }

    /** All that the browser's tab keeps. */
    toKept() {
        const { profile, linked, before } = this;
        return { profile, content: this.toContent(), linked, before: before?.toKept() ?? null };
    }

    /** Takes what toKept() has made. */
    static fromKept({ profile, content, linked = null, before }) {
        return Object.assign(Program.from(profile, content), { linked, before: before ? Program.fromKept(before) : null });
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
