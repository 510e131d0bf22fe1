<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http\Requests;

use Closure;
use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Facades\Exrun;
use Exrun\Laravel\PendingRun;
use Exrun\Laravel\Support\FilePath;
use Exrun\Laravel\Support\Language;
use Exrun\Laravel\Support\Settings;
use Illuminate\Auth\Access\Response;
use Illuminate\Foundation\Http\FormRequest;
use Illuminate\Support\Facades\Gate;
use Illuminate\Support\Str;
use Illuminate\Validation\Rule;
use Illuminate\Validation\ValidationException;

/**
 * A visitor's request. They choose the program and what it reads; limits, variables and artifacts are the site's.
 */
class RunRequest extends FormRequest
{
    /** Asks the gate `runExample`, where the application has one. */
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
            'example' => ['sometimes', 'nullable', 'string', $this->atMost(200), 'regex:/\A[\w.\/-]+\z/'],
        ];
    }

    /** @return array<string, string> */
    public function messages(): array
    {
        return ['profile.in' => 'This language cannot be run here.', 'files.*.path.distinct' => 'Two files have the same path.'];
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

        return $this->text('example') === '' ? $run : $run->label(example: $this->text('example'));
    }

    /** What the package or exrun has against a request, as a form's errors. */
    public static function refused(InvalidRun $e): ValidationException
    {
        return ValidationException::withMessages([$e->member() === '' ? 'source' : $e->member() => $e->sentence()]);
    }

    private function text(string $name): string
    {
        $value = $this->input($name);

        return is_string($value) ? $value : '';
    }

    /** Bytes, not characters: that is what is stored, sent and limited. */
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
            $paths = array_filter(array_column(array_filter((array) $this->input('files'), is_array(...)), 'path'), is_string(...));
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
