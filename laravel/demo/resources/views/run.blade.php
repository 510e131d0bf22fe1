{{-- SPDX-License-Identifier: MIT --}}
<!DOCTYPE html>
<html lang="en">
<head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="csrf-token" content="{{ csrf_token() }}">
    <title>Try it</title>
    <link rel="icon" href="data:,">
    <style>
        :root { --ink: #1d2433; --soft: #667085; --line: #dfe3ea; --paper: #fff; --back: #f5f6f9; --accent: #d9412b; --good: #18794e; --bad: #b42318; --code: "JetBrains Mono", ui-monospace, Menlo, Consolas, monospace; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e9f0; --soft: #98a2b3; --line: #2e3648; --paper: #181d29; --back: #10141d; --accent: #f0634d; --good: #4cc38a; --bad: #ff8a7a; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--back); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
        main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
        h1 { margin: 0 0 .25rem; font-size: 1.6rem; letter-spacing: -.02em; }
        p.lead { margin: 0 0 1.5rem; color: var(--soft); }
        .card { background: var(--paper); border: 1px solid var(--line); border-radius: 12px; overflow: hidden; box-shadow: 0 1px 3px rgb(16 24 40 / .06); }
        [role=tablist] { display: flex; gap: .25rem; padding: .5rem .5rem 0; border-bottom: 1px solid var(--line); overflow-x: auto; }
        [role=tab] { font: inherit; font-size: .875rem; padding: .45rem .8rem; border: 0; border-bottom: 2px solid transparent; background: none; color: var(--soft); cursor: pointer; white-space: nowrap; }
        [role=tab][aria-selected=true] { color: var(--ink); border-color: var(--accent); font-weight: 600; }
        textarea { display: block; width: 100%; border: 0; resize: vertical; padding: 1rem; background: transparent; color: inherit; font: 14px/1.6 var(--code); tab-size: 4; white-space: pre; overflow: auto; }
        textarea:focus-visible, button:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
        .field { border-top: 1px solid var(--line); }
        .field label { display: block; padding: .5rem 1rem 0; font-size: .8rem; color: var(--soft); }
        .bar { display: flex; align-items: center; gap: .75rem; padding: .75rem 1rem; border-top: 1px solid var(--line); }
        #run { font: inherit; font-weight: 600; padding: .5rem 1.4rem; border: 0; border-radius: 8px; background: var(--accent); color: #fff; cursor: pointer; }
        #run:disabled { opacity: .55; cursor: default; }
        .hint { color: var(--soft); font-size: .8rem; }
        #result { margin-top: 1.25rem; padding: 1.1rem 1.25rem; }
        #verdict { display: inline-block; margin-right: .5rem; padding: .1rem .6rem; border-radius: 99px; font-size: .8rem; font-weight: 600; color: var(--paper); background: var(--bad); }
        #result[data-verdict=ok] #verdict { background: var(--good); }
        #result[data-verdict=""] #verdict { display: none; }
        pre { margin: .9rem 0 0; padding: .8rem 1rem; border-radius: 8px; background: var(--back); font: 14px/1.55 var(--code); white-space: pre-wrap; overflow-wrap: anywhere; max-height: 24rem; overflow: auto; }
        pre:empty { display: none; }
        #stderr { border-left: 3px solid var(--bad); }
        dl { display: flex; flex-wrap: wrap; gap: .4rem 2rem; margin: 1rem 0 0; }
        dl div { min-width: 9rem; flex: 1; }
        dt { font-size: .75rem; color: var(--soft); }
        dd { margin: 0; font-variant-numeric: tabular-nums; }
        meter { width: 100%; height: .5rem; }
        .spin { display: inline-block; width: .8em; height: .8em; margin-right: .5em; border: 2px solid var(--line); border-top-color: var(--accent); border-radius: 50%; animation: spin .8s linear infinite; vertical-align: -.08em; }
        @keyframes spin { to { transform: rotate(1turn); } }
        [hidden] { display: none !important; }
    </style>
</head>
<body>
<main>
    <h1>Try it</h1>
    <p class="lead">Change a program and run it. It runs on our server, in a cell of its own that it cannot leave.</p>

    <form class="card" id="editor" novalidate>
        <div role="tablist" aria-label="Examples">
            @foreach ($examples as $example)
                <button type="button" role="tab" data-example="{{ $example->name }}" data-profile="{{ $example->profile }}" data-source="{{ $example->source }}" data-stdin="{{ $example->stdin }}">{{ $example->name }}</button>
            @endforeach
        </div>
        <textarea id="source" name="source" rows="14" spellcheck="false" autocapitalize="off" autocomplete="off" aria-label="Program"></textarea>
        <div class="field">
            <label for="stdin">Input</label>
            <textarea id="stdin" name="stdin" rows="2" spellcheck="false"></textarea>
        </div>
        <div class="bar">
            <button id="run">Run</button>
            <span class="hint" id="hint">or Ctrl+Enter</span>
        </div>
    </form>

    <section class="card" id="result" data-verdict="" aria-live="polite" hidden>
        <span id="verdict"></span><span id="message"></span>
        <pre id="stdout"></pre>
        <pre id="stderr"></pre>
        <dl id="usage" hidden>
            <div><dt>Time</dt><dd id="time"></dd><meter id="time-meter" min="0" max="1"></meter></div>
            <div><dt>Memory</dt><dd id="memory"></dd><meter id="memory-meter" min="0" max="1"></meter></div>
        </dl>
    </section>
</main>

<script>
    const at = (id) => document.getElementById(id);
    const tabs = [...document.querySelectorAll('[role=tab]')];
    const titles = { ok: 'OK', failed: 'Failed', crashed: 'Crashed', timeout: 'Time used up', cpu_timeout: 'CPU time used up', out_of_memory: 'Out of memory', output_limit: 'Too much output',
        denied: 'Not allowed', compile_failed: 'Did not compile', cancelled: 'Cancelled', error: 'Not run' };
    let current;

    function choose(tab) {
        current = tab;
        tabs.forEach((one) => one.setAttribute('aria-selected', String(one === tab)));
        at('source').value = tab.dataset.source;
        at('stdin').value = tab.dataset.stdin;
        at('result').hidden = true;
    }

    /* Everything that a program wrote goes in as text, never as HTML. */
    function show({ verdict = '', message = '', stdout = '', stderr = '', usage = null, limits = null, busy = false }) {
        at('result').hidden = false;
        at('result').dataset.verdict = verdict;
        at('verdict').textContent = titles[verdict] ?? verdict;
        at('message').textContent = message;
        if (busy) at('message').prepend(Object.assign(document.createElement('span'), { className: 'spin' }));
        at('stdout').textContent = stdout;
        at('stderr').textContent = stderr;
        /* A run that could not be started used nothing, and has no limits. */
        const isKnown = usage && limits?.cpu_ms && limits?.memory_bytes;
        at('usage').hidden = ! isKnown;
        if (! isKnown) return;
        const most = { time: limits.cpu_ms * 1000, memory: limits.memory_bytes };
        at('time').textContent = usage.cpu_us < 1000 ? 'below 1 ms' : `${(usage.cpu_us / 1000).toFixed(usage.cpu_us < 100_000 ? 1 : 0)} ms of ${limits.cpu_ms / 1000} s`;
        at('memory').textContent = `${(usage.memory_peak_bytes / 1048576).toFixed(1)} MB of ${Math.round(limits.memory_bytes / 1048576)} MB`;
        at('time-meter').value = Math.min(1, usage.cpu_us / most.time);
        at('memory-meter').value = Math.min(1, usage.memory_peak_bytes / most.memory);
    }

    function text(content, encoding) {
        if (encoding !== 'base64') return content;
        return new TextDecoder().decode(Uint8Array.from(atob(content), (c) => c.charCodeAt(0)));
    }

    function showResult(result) {
        const failedToCompile = result.verdict === 'compile_failed' && result.compile;
        const said = failedToCompile ? result.compile : result;
        show({ ...result, stdout: text(result.stdout, result.encoding), stderr: text(said.stderr, said.encoding), usage: failedToCompile ? null : result.usage });
        const line = /\bline (\d+)/.exec(result.message);
        if (line) select(Number(line[1]));
    }

    /* The line that the sentence speaks of. */
    function select(number) {
        const lines = at('source').value.split('\n');
        if (number < 1 || number > lines.length) return;
        const start = lines.slice(0, number - 1).reduce((sum, line) => sum + line.length + 1, 0);
        at('source').focus();
        at('source').setSelectionRange(start, start + lines[number - 1].length);
    }

    const later = (ms) => new Promise((done) => setTimeout(done, ms));
    const call = (url, options = {}) => fetch(url, { ...options, headers: { Accept: 'application/json', 'Content-Type': 'application/json',
        'X-CSRF-TOKEN': document.querySelector('meta[name=csrf-token]').content } });

    /* 429: too many requests; 503: the site is being updated. Both pass. */
    const passes = (response) => [429, 503].includes(response.status);
    const retryAfter = (response) => Number(response.headers.get('Retry-After') ?? 2);
    const read = (response) => response.json().catch(() => ({ message: `The server answered with ${response.status}.` }));

    async function wait(url) {
        for (let tries = 0, pause = 50; tries < 120; tries++, pause = Math.min(1000, pause * 1.3)) {
            const response = await call(url);
            const body = await read(response);
            if (response.status === 200) return showResult(body.result);
            if (passes(response)) { await later(1000 * retryAfter(response)); continue; }
            if (response.status !== 202) return show({ message: body.message });
            show({ message: body.state !== 'queued' ? 'Running …' : body.before ? `Waiting: about ${body.before} before you …` : 'Waiting for its turn …', busy: true });
            await later(pause);
        }
        show({ message: 'There is no answer yet. Please try again in a little while.' });
    }

    /* The button comes back when the next run is allowed. */
    async function pause(seconds) {
        for (let left = seconds; left > 0; left--) {
            at('hint').textContent = `again in ${left} s`;
            await later(1000);
        }
        at('hint').textContent = 'or Ctrl+Enter';
    }

    async function run(event) {
        event?.preventDefault();
        if (at('run').disabled) return;
        at('run').disabled = true;
        let rest = 0;
        try {
            show({ message: 'On its way …', busy: true });
            const response = await call('/examples/run', { method: 'POST', body: JSON.stringify({ profile: current.dataset.profile, example: current.dataset.example,
                source: at('source').value, stdin: at('stdin').value }) });
            const body = await read(response);
            if (response.status === 202) await wait(body.url);
            else show({ message: response.status === 419 ? 'This page was open for a long time. Reload it, and run again.' : body.message });
            if (passes(response)) rest = retryAfter(response);
        } catch (error) {
            show({ message: 'The server cannot be reached. Are you still online?' });
        }
        if (rest) await pause(rest);
        at('run').disabled = false;
    }

    tabs.forEach((tab) => tab.addEventListener('click', () => choose(tab)));
    at('editor').addEventListener('submit', run);
    at('editor').addEventListener('keydown', (event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run(event);
        if (event.key === 'Tab' && event.target === at('source') && ! event.shiftKey) {
            event.preventDefault();
            at('source').setRangeText('    ', at('source').selectionStart, at('source').selectionEnd, 'end');
        }
    });
    choose(tabs[0]);
</script>
</body>
</html>
