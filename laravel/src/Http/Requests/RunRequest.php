<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http\Requests;

use Closure;
use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Facades\Exrun;
use Exrun\Laravel\Http\Middleware\AcceptedTypes;
use Exrun\Laravel\PendingRun;
use Exrun\Laravel\Support\Client;
use Exrun\Laravel\Support\FilePath;
use Exrun\Laravel\Support\Language;
use Exrun\Laravel\Support\Settings;
use Exrun\Laravel\Support\Visitors;
use Illuminate\Auth\Access\Response;
use Illuminate\Foundation\Http\FormRequest;
use Illuminate\Support\Arr;
use Illuminate\Support\Facades\Gate;
use Illuminate\Support\Str;
use Illuminate\Validation\Rule;
use Illuminate\Validation\ValidationException;
use Illuminate\Validation\Validator;

/**
 * A visitor's request. Visitors choose the program, its input, and files that the site permits; limits and variables
 * belong to the site.
 */
class RunRequest extends FormRequest
{
    private const EXAMPLE = '/\A[\w.\/-]{1,200}\z/';

    private const MOST_ARTIFACTS = 8;

    /** Asks the gate `runExample` if the application has one. */
    public function authorize(): bool|Response
    {
        return Gate::has('runExample') ? Gate::inspect('runExample', [$this]) : true;
    }

    /** @return array<string, list<mixed>> */
    public function rules(): array
    {
        $settings = $this->settings();

        return [
            'profile' => ['required', 'string', Rule::in($settings->strings('http.profiles'))],
            'source' => ['present', 'string', $this->atMost($settings->bytes('http.max.source'))],
            'stdin' => ['sometimes', 'nullable', 'string', $this->atMost($settings->bytes('http.max.stdin'))],
            'args' => ['sometimes', 'array', 'list', 'max:'.$settings->integer('http.max.args')],
            'args.*' => ['present', 'string', $this->atMost(1024)],
            'files' => ['sometimes', 'array', 'list', 'max:'.$settings->integer('http.max.files'), $this->atMostTogether($settings->bytes('http.max.files_bytes'))],
            'files.*.path' => ['required', 'string', 'distinct:strict', 'max:200', $this->aPath()],
            'files.*.content' => ['present', 'string'],
            'stdin_open' => ['sometimes', $this->mayAsk() ? 'boolean' : 'declined'],
            'artifacts' => ['sometimes', 'array', 'list', 'max:'.self::MOST_ARTIFACTS],
            'labels' => ['sometimes', 'array', 'max:1'],
            'example' => ['sometimes', 'nullable', 'string', 'regex:'.self::EXAMPLE],
        ];
    }

    /**
     * Returns the members that a run has, with lists cut to one entry more than they may have, which is enough to
     * refuse them. Laravel looks at each entry of a list, which takes minutes for a body of 1 MB. A list with names is
     * replaced, because its names are the visitor's, and JSON may not be able to carry them.
     *
     * @return array<array-key, mixed>
     */
    public function validationData(): array
    {
        $members = Arr::only($this->all(), ['profile', 'source', 'stdin', 'stdin_open', 'example']);
        $lists = Arr::only($this->all(), ['artifacts', 'labels']);

        return [
            ...array_map($this->flat(...), $members),
            ...array_map(fn (mixed $list): mixed => is_array($list) ? array_slice(array_map($this->flat(...), $list), 0, self::MOST_ARTIFACTS + 1, true) : $list, $lists),
            ...$this->cut('args', '', $this->flat(...)),
            ...$this->cut('files', ['path' => 'a', 'content' => ''], fn (mixed $entry): mixed => is_array($entry)
                ? array_map($this->flat(...), Arr::only($entry, ['path', 'content']))
                : $entry),
        ];
    }

    /** @return list<Closure(Validator): void> */
    public function after(): array
    {
        return [fn (Validator $validator): mixed => $this->isDirect() ? $this->refuseOthers($validator) : null];
    }

    /** Refuses members of exrun's contract that are the site's, and those that nobody knows. Older pages may send more. */
    private function refuseOthers(Validator $validator): void
    {
        $known = ['_token', 'v', 'profile', 'source', 'stdin', 'stdin_open', 'args', 'files', 'artifacts', 'labels', 'example'];
        $members = $this->isJson() ? $this->json()->all() : $this->post(); // and not the address's, such as `?lean=1`

        foreach (array_slice(array_diff(array_map(strval(...), array_keys($members)), $known), 0, 1) as $name) {
            $validator->errors()->add(preg_match('/\A\w{1,40}\z/', $name) === 1 ? $name : 'request', 'This member is not for visitors.');
        }

        foreach ((array) $this->input('labels') as $name => $value) {
            if ($name !== 'example' || ! is_string($value) || preg_match(self::EXAMPLE, $value) !== 1) {
                $validator->errors()->add('labels', 'A visitor can only name the example.');
            }
        }

        $allowed = $this->settings()->strings('http.artifacts');

        // More than these are too many, which the rule says.
        foreach (array_slice((array) $this->input('artifacts'), 0, self::MOST_ARTIFACTS) as $at => $pattern) {
            $isAllowed = is_string($pattern) && (in_array($pattern, $allowed, true) || (strpbrk($pattern, '*?[') === false && Str::is($allowed, $pattern)));

            if (! $isAllowed) {
                $validator->errors()->add("artifacts.{$at}", 'This file is not brought back here.');
            }
        }
    }

    /** @return array<string, string> */
    public function messages(): array
    {
        return ['profile.in' => 'This language cannot be run here.', 'stdin_open.declined' => 'Here, a program gets its input before it begins.', 'files.*.path.distinct' => 'Two files have the same path.'];
    }

    public function toPendingRun(): PendingRun
    {
        $run = Exrun::profile($this->string('profile')->value(), $this->text('source'))->stdin($this->text('stdin'));

        foreach ((array) $this->input('files') as $file) {
            if (is_array($file) && is_string($file['path'] ?? null) && is_string($file['content'] ?? null)) {
                $run->files([$file['path'] => $file['content']]);
            }
        }

        $run->args(...array_values(array_filter((array) $this->input('args'), is_string(...))));

        $patterns = $this->isDirect() ? array_values(array_filter((array) $this->input('artifacts'), is_string(...))) : [];

        if ($patterns !== []) {
            // They come in one piece, through PHP's memory.
            $run->artifacts(...$patterns)->limits(disk: $this->settings()->bytes('http.max.artifacts'));
        }

        if ($this->boolean('stdin_open')) {
            $run->interactive();
        }

        $run->label(client: app(Client::class)->of(app(Visitors::class)->of($this)));

        $named = $this->input('labels.example');
        $example = is_string($named) && $this->isDirect() ? $named : $this->text('example');

        return $example === '' ? $run : $run->label(example: $example);
    }

    /** Returns the package's or exrun's objection to a request, as a form's errors. */
    public static function refused(InvalidRun $e): ValidationException
    {
        return ValidationException::withMessages([$e->member() === '' ? 'source' : $e->member() => $e->sentence()]);
    }

    /**
     * Returns the list alone under its name, or nothing if the request doesn't have it.
     *
     * @param  mixed  $good  an entry that is valid, for a list with names
     * @param  Closure(mixed): mixed  $entry
     * @return array<string, mixed>
     */
    private function cut(string $name, mixed $good, Closure $entry): array
    {
        if (! $this->exists($name)) {
            return [];
        }

        $list = $this->input($name);
        $most = $this->settings()->integer("http.max.{$name}");

        return [$name => match (true) {
            ! is_array($list) => $list,
            ! array_is_list($list) => ['named' => $good],
            default => array_map($entry, array_slice($list, 0, $most + 1)),
        }];
    }

    /** Returns an empty array for any array, because these members must not be arrays. */
    private function flat(mixed $value): mixed
    {
        return is_array($value) ? [] : $value;
    }

    /** Only who reads the events learns when a program waits for input. */
    private function mayAsk(): bool
    {
        return $this->isDirect() && $this->settings()->boolean('http.interactive') && AcceptedTypes::has($this, AcceptedTypes::EVENTS);
    }

    /** The members of exrun's own contract came with this route. */
    private function isDirect(): bool
    {
        return $this->routeIs('exrun.runs');
    }

    private function text(string $name): string
    {
        $value = $this->input($name);

        return is_string($value) ? $value : '';
    }

    /** Bytes, not characters, because bytes are stored, sent and limited. */
    private function atMost(int $most): Closure
    {
        return function (string $attribute, mixed $value, Closure $fail) use ($most): void {
            if (is_string($value) && strlen($value) > $most) {
                $fail("The :attribute may have {$most} bytes at most.");
            }
        };
    }

    private function aPath(): Closure
    {
        return function (string $attribute, mixed $value, Closure $fail): void {
            $files = array_filter((array) ($this->validationData()['files'] ?? []), is_array(...));
            $paths = array_filter(array_column($files, 'path'), is_string(...));
            $fault = is_string($value) ? FilePath::fault($value, Language::entry($this->text('profile')), array_values($paths)) : null;

            if ($fault !== null) {
                $fail('The path "'.preg_replace('/[^\x20-\x7e]/', '?', Str::limit(mb_scrub($value), 40))."\" {$fault}.");
            }
        };
    }

    private function atMostTogether(int $most): Closure
    {
        return function (string $attribute, mixed $value, Closure $fail) use ($most): void {
            $bytes = 0;

            foreach ((array) $value as $file) {
                $bytes += is_array($file) && is_string($file['content'] ?? null) ? strlen($file['content']) : 0;
            }

            if ($bytes > $most) {
                $fail("The :attribute may have {$most} bytes together at most.");
            }
        };
    }

    private function settings(): Settings
    {
        return app(Settings::class);
    }
}
