<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel;

use Exrun\Laravel\Data\Limits;
use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Support\Answer;
use Illuminate\Support\Str;

/**
 * One request for one run, complete and immutable. `PendingRun` creates it, transports send it, queues carry it.
 */
final readonly class Run
{
    /**
     * @param  string  $id  names the run; anyone who knows it may ask for its result
     * @param  array<array-key, string>  $files  path => bytes, put beside the entry file
     * @param  list<string>  $args
     * @param  array<array-key, string>  $env
     * @param  list<string>  $artifacts  paths and patterns of files to bring back
     * @param  array<array-key, string>  $labels
     * @param  bool  $stdinOpen  more input may come while it runs; only the service can do that
     */
    public function __construct(
        public string $id,
        public string $profile,
        public string $source,
        public string $stdin = '',
        public array $files = [],
        public array $args = [],
        public array $env = [],
        public Limits $limits = new Limits,
        public array $artifacts = [],
        public array $labels = [],
        public bool $stdinOpen = false,
    ) {
        if (preg_match('/\A[A-Za-z0-9_-]{1,64}\z/', $id) !== 1) {
            throw new InvalidRun("the id \"{$this->shown($id)}\" must be 1 to 64 of A-Z, a-z, 0-9, _ and -", '/id');
        }

        $this->mustBeText('/args', $args);
        $this->mustBeText('/env', [...array_keys($env), ...array_values($env)]);
        $this->mustBeText('/artifacts', $artifacts);
        $this->mustBeText('/labels', [...array_keys($labels), ...array_values($labels)]);
        $this->mustBeText('/files', array_keys($files));
    }

    /**
     * A random UUID (RFC 9562, section 5.4). It cannot be guessed, because on the optional route a visitor who knows it
     * can see the result. Laravel's `Str::uuid()` loads 46 classes for it, in each request of a page.
     */
    public static function newId(): string
    {
        $bytes = random_bytes(16);
        $bytes[6] = chr(ord($bytes[6]) & 0x0F | 0x40);
        $bytes[8] = chr(ord($bytes[8]) & 0x3F | 0x80);

        return implode('-', (array) sscanf(bin2hex($bytes), '%8s%4s%4s%4s%12s'));
    }

    public function label(string $name): ?string
    {
        return $this->labels[$name] ?? null;
    }

    /**
     * The request as exrun reads it. Bytes are sent as base64, so that any byte arrives, and the text is plain ASCII,
     * so that every queue can carry it.
     */
    public function toJson(): string
    {
        $files = [];

        foreach ($this->files as $path => $content) {
            $files[] = ['path' => (string) $path, 'encoding' => 'base64', 'content' => base64_encode($content)];
        }

        return json_encode(array_filter([
            'v' => 1,
            'id' => $this->id,
            'profile' => $this->profile,
            'source' => ['encoding' => 'base64', 'content' => base64_encode($this->source)],
            'stdin' => $this->stdin === '' ? null : ['encoding' => 'base64', 'content' => base64_encode($this->stdin)],
            'files' => $files,
            'args' => $this->args,
            'env' => $this->env,
            'limits' => $this->limits->toArray(),
            'artifacts' => $this->artifacts,
            'labels' => $this->labels,
            'stdin_open' => $this->stdinOpen ? true : null,
        ], fn (mixed $member): bool => $member !== null && $member !== []), JSON_THROW_ON_ERROR);
    }

    public static function fromJson(string $json): self
    {
        $request = Answer::fromJson($json);
        $files = [];

        foreach ($request->objects('files') as $file) {
            $files[$file->string('path')] = $file->bytes('content', 'base64');
        }

        return new self(
            $request->string('id'),
            $request->string('profile'),
            $request->object('source')->bytes('content', 'base64'),
            $request->objectOrNull('stdin')?->bytes('content', 'base64') ?? '',
            $files,
            array_values($request->strings('args')),
            $request->strings('env'),
            Limits::fromAnswer($request->objectOrNull('limits') ?? Answer::fromArray([])),
            array_values($request->strings('artifacts')),
            $request->strings('labels'),
            $request->has('stdin_open') && $request->boolean('stdin_open'),
        );
    }

    /** @return array{request: string} */
    public function __serialize(): array
    {
        return ['request' => $this->toJson()];
    }

    /** @param array{request: string} $data */
    public function __unserialize(array $data): void
    {
        foreach (get_object_vars(self::fromJson($data['request'])) as $name => $value) {
            $this->{$name} = $value;
        }
    }

    /** @param array<array-key, string|int> $texts */
    private function mustBeText(string $pointer, array $texts): void
    {
        foreach ($texts as $text) {
            if (! mb_check_encoding((string) $text, 'UTF-8') || str_contains((string) $text, "\0")) {
                throw new InvalidRun("\"{$this->shown((string) $text)}\" is not UTF-8 text without NUL; bytes of any kind belong into the source, stdin or the content of a file", $pointer);
            }
        }
    }

    private function shown(string $text): string
    {
        return Str::limit((string) preg_replace('/[^\x20-\x7e]/', '?', $text), 40);
    }
}
