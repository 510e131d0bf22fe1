{{-- SPDX-License-Identifier: MIT --}}
@foreach ($before as $name)
    <x-exrun-snippet :example="$name" hidden />
@endforeach
<exrun-snippet {{ $attributes->merge($own()) }}@if ($stdin !== '') stdin="{{ $stdin }}"@endif wire:ignore>
@if (str_contains((string) $slot, '<pre'))
{{ $slot }}
@elseif (trim((string) $slot) !== '')
<pre><code class="language-{{ $profile }}">{!! trim((string) $slot, "\n") !!}</code></pre>
@else
<pre><code class="language-{{ $profile }}">{{ $source }}</code></pre>
@endif
@if ($recorded !== null && $recorded !== '' && $attributes->get('output', 'text') === 'text')
<p slot="label">Output:</p>
<pre slot="expected">
{{ $recorded }}</pre>
@endif
</exrun-snippet>
@foreach ($parts as $part => $text)
<template id="{{ $part }}">
{{ $text }}</template>
@endforeach
