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
        $this->note($request, $id);

        // Without the locks, because a queue without workers runs the program here.
        try {
            $dispatch();
        } catch (Throwable $e) {
            rescue(fn () => $this->forget($request, $id));

            throw $e;
        }
    }

    /**
     * Counts a run against its visitor.
     *
     * @throws Crowded if the visitor has too many that are not finished
     */
    public function note(Request $request, string $id): void
    {
        $visitor = $this->of($request);

        try {
            $this->alone(array_values($visitor), fn () => $this->add($visitor, $id));
        } catch (LockTimeoutException) {
            throw Crowded::visitor(! isset($visitor['user']));
        }
    }

    private function forget(Request $request, string $id): void
    {
        $names = array_values($this->of($request));
        $this->alone($names, fn () => $this->remove($names, $id));
    }

    /** @param array<'user'|'session'|'address', string> $visitor */
    private function add(array $visitor, string $id): void
    {
        $runs = [];

        foreach ($visitor as $way => $name) {
            $runs[$name] = $this->unfinished($name);

            if (count($runs[$name]) >= $this->most('runs_at_a_time', $way, $visitor)) {
                throw Crowded::visitor($way === 'address' && count($visitor) > 1);
            }
        }

        foreach ($runs as $name => $unfinished) {
            $this->cache->put($this->key($name), [...$unfinished, $id => time()], self::SECONDS_OF_A_LOST_RUN);
        }
    }

    /** @param list<string> $names */
    private function remove(array $names, string $id): void
    {
        foreach ($names as $name) {
            $unfinished = array_diff_key($this->unfinished($name), [$id => true]);
            $this->cache->put($this->key($name), $unfinished, self::SECONDS_OF_A_LOST_RUN);
        }
    }

    /** @return array<string, int> id => time when it was noted */
    private function unfinished(string $name): array
    {
        $unfinished = [];

        foreach ((array) $this->cache->get($this->key($name)) as $id => $since) {
            $isRecent = is_int($since) && $since > time() - self::SECONDS_OF_A_LOST_RUN;

            if ($isRecent && $this->isOpen((string) $id, $since)) {
                $unfinished[(string) $id] = $since;
            }
        }

        return $unfinished;
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
     * Counts two requests of one visitor one after the other.
     *
     * @template T
     *
     * @param  list<string>  $names
     * @param  Closure(): T  $do
     * @return T
     */
    private function alone(array $names, Closure $do): mixed
    {
        $store = $this->cache->getStore();

        if ($names === [] || ! $store instanceof LockProvider) {
            return $do();
        }

        return $store->lock($this->key($names[0]).':lock', 10)->block(5, fn (): mixed => $this->alone(array_slice($names, 1), $do));
    }

    private function key(string $name): string
    {
        return 'exrun:visitor:'.hash('xxh128', $name); // a session's id is a secret
    }
}
