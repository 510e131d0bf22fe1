// SPDX-License-Identifier: MIT
// Types of <exrun-snippet>. README.md describes its attributes.

/** The request of a run. Only members that an attribute asks for are there. */
export interface RunRequest {
    profile: string;
    source: string;
    files?: { path: string; content: string }[];
    args?: string[];
    stdin?: string;
    stdin_open?: true;
    artifacts?: string[];
    labels?: { example: string };
}

export type Verdict = 'ok' | 'failed' | 'crashed' | 'timeout' | 'cpu_timeout' | 'out_of_memory' | 'output_limit' | 'denied' | 'compile_failed' | 'cancelled' | 'error';

/** The result of a run, as the man page of exrun describes it. Those of newer servers can have more members. */
export interface RunResult {
    verdict: Verdict;
    message: string;
    at?: { path: string; line: number };
    exit_code: number | null;
    signal: string | null;
    program?: string;
    stdout?: string;
    stderr?: string;
    encoding?: 'utf-8' | 'base64';
    stdout_truncated: boolean;
    stderr_truncated: boolean;
    output_url?: string;
    usage?: { wall_us: number; cpu_us: number; memory_peak_bytes: number };
    limits?: { wall_ms: number; cpu_ms: number; memory_bytes: number; output_bytes: number };
    artifacts?: { path: string; bytes: number; url?: string; content?: string; encoding?: 'utf-8' | 'base64' }[];
}

/** Events of a snippet. They bubble, and cross shadow roots. */
export interface ExrunEvents {
    /** Before a run; preventDefault() refuses it. */
    'exrun:run': CustomEvent<{ request: RunRequest }>;
    'exrun:queued': CustomEvent<{ id: string; position?: number; before?: number }>;
    'exrun:started': CustomEvent<{ id: string; stage?: 'compile' | 'run' }>;
    'exrun:stdout': CustomEvent<{ text: string }>;
    'exrun:stderr': CustomEvent<{ text: string }>;
    /** The program waits for input. */
    'exrun:reading': CustomEvent<object>;
    /** The server has begun the run again, and its output is empty again. */
    'exrun:restarted': CustomEvent<{ attempt: number }>;
    /** An address is polled, and the network or the server is away. */
    'exrun:waiting': CustomEvent<{ status: number; seconds: number }>;
    'exrun:result': CustomEvent<RunResult>;
    /** There is no result. `status` is that of HTTP, 0 if the server can't be reached, or -1 if the page can't show the result. */
    'exrun:problem': CustomEvent<{ status: number; detail: string; wait: number }>;
    /** The end, in every case. */
    'exrun:done': CustomEvent<{ result: RunResult | null }>;
    'exrun:change': CustomEvent<{ code: string }>;
}

/** An editor that takes the place of the built-in one, for editor="NAME". */
export interface Editor {
    text(): string;
    /** Sets the text, and if @caret is given, takes the caret there and focuses it. */
    setText(text: string, caret?: number): void;
    /** Marks a line, from 1. Returns an element that can be removed to remove the mark, or null. */
    mark(line: number): Element | null;
    close(): void;
}

export interface EditorOptions {
    /** The snippet, the positioned box around its code, and the page's <pre> and <code>. */
    place: { element: ExrunSnippet; sheet: HTMLElement; pre: HTMLElement; code: HTMLElement };
    code: string;
    /** undefined: the reader came by Tab or by the button. */
    caret?: number;
    text: Texts;
    /** To be called after each change. */
    onChange(code: string): void;
    /** To be called when the focus has gone elsewhere on the page. */
    onLeave(): void;
}

/** All texts. Those of a program that is used exist after the second file has come, unless the site has set them. */
export interface Texts {
    run: string; edit: string; copy: string; share: string; output: string; input: string; code: string; codeRead: string; recorded: string; away: string;
    stop: string; reset: string; copied: string; linkCopied: string; send: string; end: string; answer: string; escape: string; confirmed: string;
    running: string; waits: string; stopped: string; none: string; cut: string; noClipboard: string; differs: string; next: string; fromLink: string;
    noExample: string; linkArgs: string; linkRefused: string; brokenLink: string; tooLong: string; noPicture: string; page: string; hidden: string; old: string; refused: string; large: string;
    again: string; gone: string; unshown: string; broken: string; unfit: string; fault: string;
    differsAt(line: number, recorded: string | undefined): string;
    before(n: number): string;
    waiting(seconds: number): string;
    picture(path: string): string;
    unseen(path: string): string;
    line(n: number, name?: string): string;
    lines(n: number): string;
    throttled(seconds: number): string;
    busy(seconds: number): string;
    circle(id: string): string;
    missing(name: string): string;
    wrong(name: string, value: string): string;
    time(us: number): string;
    memory(bytes: number): string;
    /** Sentences that replace the server's own, by verdict. */
    verdict?: Partial<Record<Verdict, (result: RunResult) => string>>;
}

export class ExrunSnippet extends HTMLElement {
    /** Set some of them to change these, also of snippets that are on the page already. */
    static get text(): Texts;
    static set text(some: Partial<Texts>);
    static editors: Record<string, (options: EditorOptions) => Editor>;

    code: string;
    readonly changed: boolean;
    readonly state: 'idle' | 'queued' | 'running' | 'problem' | Verdict;
    readonly result: RunResult | null;
    readonly readOnly: boolean;
    profile: string;
    readonly name: string;
    /** Resolves with the result, or with null if there is none. */
    run(): Promise<RunResult | null | undefined>;
    stop(): void;
    reset(): Promise<void>;
    /** Opens the editor. */
    edit(): Promise<void>;
    /** Marks a line, from 1, until the next change. */
    mark(line: number): Promise<void>;
    /** Resolves with the address of this page that carries the code, its input and its arguments. */
    share(): Promise<string>;
    request(): Promise<RunRequest>;
}

declare global {
    interface HTMLElementTagNameMap {
        'exrun-snippet': ExrunSnippet;
    }
    interface HTMLElementEventMap extends ExrunEvents {}
    interface DocumentEventMap extends ExrunEvents {}
    interface WindowEventMap extends ExrunEvents {}
    interface CustomElementRegistry {
        get(name: 'exrun-snippet'): typeof ExrunSnippet | undefined;
    }
}
