<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Unit;

use Exrun\Laravel\Data\Limits;
use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Run;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class RunTest extends TestCase
{
    public static function everything(): Run
    {
        $bytes = implode('', array_map(chr(...), range(0, 255)));

        return new Run(
            'an_id-1',
            'python',
            "print('ä')\n".$bytes,
            $bytes,
            ['in.bin' => $bytes, '7' => 'seven', 'lib/a.py' => ''],
            ['-v', 'ö'],
            ['NAME' => 'wert', '1' => 'x'],
            Limits::of(wall: 1, memory: '64M'),
            ['*.png'],
            ['example' => 'collections/map'],
        );
    }

    public function test_bytes_of_any_kind_survive_every_queue(): void
    {
        $serialized = serialize(self::everything());

        // As in a queue, the serialized job becomes a member of a JSON payload.
        $payload = json_encode(['command' => $serialized], JSON_THROW_ON_ERROR);
        $this->assertSame(1, preg_match('/\A[\x20-\x7e]+\z/', $payload));
        $back = json_decode($payload, true, 8, JSON_THROW_ON_ERROR);
        $this->assertIsArray($back);
        $this->assertIsString($back['command']);
        $this->assertEquals(self::everything(), unserialize($back['command']));
    }

    public function test_the_request_is_what_the_contract_says(): void
    {
        $request = json_decode(self::everything()->toJson(), true, 8, JSON_THROW_ON_ERROR);

        $this->assertIsArray($request);
        $this->assertSame(['v', 'id', 'profile', 'source', 'stdin', 'files', 'args', 'env', 'limits', 'artifacts', 'labels'], array_keys($request));
        $this->assertSame(['wall_ms' => 1000, 'memory_bytes' => 67_108_864], $request['limits']);
        $this->assertIsArray($request['files']);
        $this->assertSame(['path' => '7', 'encoding' => 'base64', 'content' => base64_encode('seven')], $request['files'][1]);
    }

    public function test_what_is_not_said_is_not_sent(): void
    {
        $request = json_decode((new Run('x', 'php', ''))->toJson(), true, 8, JSON_THROW_ON_ERROR);

        $this->assertSame(['v' => 1, 'id' => 'x', 'profile' => 'php', 'source' => ['encoding' => 'base64', 'content' => '']], $request);
    }

    /** @return array<string, array{string, array<string, mixed>}> */
    public static function mistakes(): array
    {
        return [
            'an empty id' => ['/id', ['id' => '']], 'a long id' => ['/id', ['id' => str_repeat('a', 65)]], 'an odd id' => ['/id', ['id' => '../a']], 'a line too many' => ['/id', ['id' => "a\n"]],
            'bytes as an argument' => ['/args', ['args' => ["\xff"]]], 'NUL as an argument' => ['/args', ['args' => ["a\0b"]]], 'bytes in a variable' => ['/env', ['env' => ['A' => "\xff"]]],
            'bytes as a name' => ['/env', ['env' => ["\xff" => 'a']]], 'bytes as a path' => ['/files', ['files' => ["\xff" => '']]], 'bytes as a label' => ['/labels', ['labels' => ['a' => "\xff"]]],
            'bytes as a pattern' => ['/artifacts', ['artifacts' => ["\xff"]]],
        ];
    }

    /** @param array<string, mixed> $members */
    #[DataProvider('mistakes')]
    public function test_what_no_request_can_carry_is_refused_with_its_place(string $pointer, array $members): void
    {
        try {
            new Run(...[...['id' => 'x', 'profile' => 'php', 'source' => ''], ...$members]); // @phpstan-ignore argument.type
            $this->fail('It was taken.');
        } catch (InvalidRun $e) {
            $this->assertSame($pointer, $e->pointer);
            $this->assertSame(1, preg_match('/\A[\x20-\x7e]+\z/', $e->getMessage()));
        }
    }

    public function test_ids_cannot_be_guessed(): void
    {
        $ids = array_map(fn (): string => Run::newId(), range(1, 100));

        $this->assertCount(100, array_unique($ids));
        $this->assertMatchesRegularExpression('/\A[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\z/', $ids[0]);
    }
}
