<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Closure;
use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Exceptions\Crowded;
use Exrun\Laravel\RunState;
use Illuminate\Contracts\Cache\LockProvider;
use Illuminate\Contracts\Cache\LockTimeoutException;
use Illuminate\Contracts\Cache\Repository;
use Illuminate\Http\Request;
use Illuminate\Support\Arr;
use Throwable;

/**
 * The visitors who ask for runs, and how many of their runs are not finished yet.
 */
final readonly class Visitors
{
    /** A lost run, for instance after a queue was cleared, blocks its visitor no longer than this. */
    private const SECONDS_OF_A_LOST_RUN = 600;

    /** A run is counted before it is dispatched; until then it is not known anywhere else. */
    private const SECONDS_UNTIL_QUEUED = 10;

    public function __construct(private Repository $cache, private ResultStore $results, private Settings $settings) {}

    /**
     * Returns the names under which a request is counted, the narrowest first: a user; or else a session, and the
     * address that it shares with others.
     *
     * @return array<'user'|'session'|'address', string>
     */
    public function of(Request $request): array
    {
        $user = auth()->id();

        if ($user !== null) {
            return ['user' => "user:{$user}"];
        }

        return [
            ...($request->hasSession() ? ['session' => "session:{$request->session()->getId()}"] : []),
            'address' => 'ip:'.self::network((string) $request->ip()),
        ];
    }

    /** Returns the narrowest of these names. An address is counted, too, but many visitors can have the same one. */
    public function name(Request $request): string
    {
        return array_values($this->of($request))[0];
    }

    /** Returns an IPv4 address as it is, or the /64 of an IPv6 address, because one visitor has all of its addresses. */
    public static function network(string $ip): string
    {
        $bytes = (string) @inet_pton($ip);

        $mapped = str_repeat("\0", 10)."\xff\xff"; // before an IPv4 address

        return match (true) {
            strlen($bytes) !== 16 => $ip,
            str_starts_with($bytes, $mapped) => (string) inet_ntop(substr($bytes, 12)),
            default => inet_ntop(substr($bytes, 0, 8).str_repeat("\0", 8)).'/64',
        };
    }

    /**
     * Returns how many runs a visitor, counted in this way, may have. If several sessions share an address, it may have
     * more.
     *
     * @param  array<'user'|'session'|'address', string>  $visitor
     * @param  'user'|'session'|'address'  $way
     */
    public function most(string $setting, string $way, array $visitor): int
    {
        return $this->settings->integer($way === 'address' && count($visitor) > 1 ? "http.address.{$setting}" : "http.{$setting}");
    }

    /**
     * Counts a run against its visitor for as long as it is not finished, and dispatches it.
     *
     * @param  Closure(): mixed  $dispatch
     *
     * @throws Crowded if the visitor has too many that are not finished
     */
    public function counted(Request $request, string $id, Closure $dispatch): void
    {
        $places = $this->note($request, $id);

        try {
            $dispatch();
        } catch (Throwable $e) {
            $this->giveBack($places);

            throw $e;
        }
    }

    /**
     * Counts a run against its visitor: it takes a place of each of the visitor's names. The places of a finished run are
     * free, also if nobody gives them back.
     *
     * @return array<string, array{string, string}> name => its place, and what that holds, for giveBack()
     *
     * @throws Crowded if the visitor has too many that are not finished
     */
    public function note(Request $request, string $id): array
    {
        $visitor = $this->of($request);
        $holds = time().":{$id}";
        $places = [];

        foreach ($visitor as $way => $name) {
            $place = $this->take($name, $this->most('runs_at_a_time', $way, $visitor), $holds);

            if ($place === null) {
                $this->giveBack($places);

                throw Crowded::visitor($way === 'address' && count($visitor) > 1);
            }

            $places[$name] = [$place, $holds];
        }

        return $places;
    }

    /** @param array<string, array{string, string}> $places */
    public function giveBack(array $places): void
    {
        foreach ($places as $name => [$place, $holds]) {
            rescue(fn (): mixed => $this->alone($name, fn (): bool => $this->cache->get($place) === $holds && $this->cache->forget($place)));
        }
    }

    /**
     * Takes one of the places of a name. In every store of Laravel that has locks, add() is one atomic step.
     *
     * @return string|null null: unfinished runs have all of them
     */
    private function take(string $name, int $most, string $holds): ?string
    {
        $places = array_map(fn (int $n): string => "{$this->key($name)}:{$n}", range(1, $most));
        $add = fn (string $place): bool => $this->cache->add($place, $holds, self::SECONDS_OF_A_LOST_RUN);
        $again = fn (): ?string => Arr::first($places, fn (string $place): bool => $this->frees($place) && $add($place));
        $place = Arr::first($places, $add) ?? $this->alone($name, $again);

        return is_string($place) ? $place : null;
    }

    /**
     * Empties a place if its run is finished. Only one request at a time empties a visitor's places, and nothing is ever
     * written into one that is taken, so what was read is what is removed.
     */
    private function frees(string $place): bool
    {
        $held = $this->cache->get($place);
        [$since, $id] = [...explode(':', is_string($held) ? $held : '0:', 2), ''];

        return ! $this->isOpen($id, (int) $since) && ($held === null || $this->cache->forget($place));
    }

    private function isOpen(string $id, int $since): bool
    {
        return match ($this->results->state($id)) {
            RunState::Queued, RunState::Running => true,
            RunState::Finished => false,
            null => $since > time() - self::SECONDS_UNTIL_QUEUED,
        };
    }

    /**
     * Does it while no other request empties places of this name.
     *
     * @param  Closure(): mixed  $do
     * @return mixed what it returns, or null if another request of the visitor doesn't come to its end
     */
    private function alone(string $name, Closure $do): mixed
    {
        $store = $this->cache->getStore();

        try {
            return $store instanceof LockProvider ? $store->lock("{$this->key($name)}:lock", 10)->block(5, $do) : $do();
        } catch (LockTimeoutException) {
            return null;
        }
    }

    private function key(string $name): string
    {
        return 'exrun:visitor:'.hash('xxh128', $name); // a session's id is a secret
    }
}
