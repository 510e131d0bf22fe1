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
     * @return array<string, string> place => what it holds, for giveBack()
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

            $places[$place] = $holds;
        }

        return $places;
    }

    /** @param array<string, string> $places */
    public function giveBack(array $places): void
    {
        foreach ($places as $place => $holds) {
            rescue(fn (): bool => $this->cache->get($place) === $holds && $this->cache->forget($place));
        }
    }

    /**
     * Takes one of the places of a name; add() is one atomic step in every store that Laravel brings.
     *
     * @return string|null null: unfinished runs have all of them
     */
    private function take(string $name, int $most, string $holds): ?string
    {
        $places = array_map(fn (int $n): string => "{$this->key($name)}:{$n}", range(1, $most));
        $add = fn (string $place): bool => $this->cache->add($place, $holds, self::SECONDS_OF_A_LOST_RUN);
        $again = fn (): ?string => Arr::first($places, fn (string $place): bool => $this->frees($place) && $add($place));

        return Arr::first($places, $add) ?? $this->alone($name, $again);
    }

    /** Only one request at a time empties a visitor's places. Otherwise one could empty what another has just taken. */
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
     * @param  Closure(): ?string  $do
     * @return string|null also null if another request of the visitor doesn't come to its end
     */
    private function alone(string $name, Closure $do): ?string
    {
        $store = $this->cache->getStore();

        if (! $store instanceof LockProvider) {
            return $do();
        }

        try {
            $place = $store->lock("{$this->key($name)}:lock", 10)->block(5, $do);
        } catch (LockTimeoutException) {
            $place = null;
        }

        return is_string($place) ? $place : null;
    }

    private function key(string $name): string
    {
        return 'exrun:visitor:'.hash('xxh128', $name); // a session's id is a secret
    }
}
