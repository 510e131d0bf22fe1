<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Closure;
use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Exceptions\Crowded;
use Exrun\Laravel\RunState;
use Illuminate\Contracts\Cache\LockProvider;
use Illuminate\Contracts\Cache\Repository;
use Illuminate\Http\Request;

/**
 * Who asks for runs, and how many of theirs are not finished yet.
 */
final readonly class Visitors
{
    /** A run that was lost, for instance with a queue that was cleared, holds its visitor up no longer than this. */
    private const SECONDS_OF_A_LOST_RUN = 600;

    public function __construct(private Repository $cache, private ResultStore $results, private Settings $settings) {}

    /**
     * Returns what a request is counted by, the narrowest first: a user; or else a session, and the address that it shares with others.
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
            'address' => "ip:{$request->ip()}",
        ];
    }

    /**
     * Returns how many a visitor, counted in this way, may have. An address that several sessions share may have more.
     *
     * @param  array<'user'|'session'|'address', string>  $visitor
     * @param  'user'|'session'|'address'  $way
     */
    public function most(string $setting, string $way, array $visitor): int
    {
        return $this->settings->integer($way === 'address' && count($visitor) > 1 ? "http.address.{$setting}" : "http.{$setting}");
    }

    /**
     * Counts a run against its visitor for as long as it is not finished.
     *
     * @param  Closure(): string  $dispatch  returns the id of the run
     *
     * @throws Crowded if the visitor has too many that are not finished
     */
    public function counted(Request $request, Closure $dispatch): string
    {
        $visitor = $this->of($request);

        return $this->alone(array_values($visitor), function () use ($visitor, $dispatch): string {
            $runs = [];

            foreach ($visitor as $way => $name) {
                $runs[$name] = $this->unfinished($name);

                if (count($runs[$name]) >= $this->most('runs_at_a_time', $way, $visitor)) {
                    throw Crowded::visitor($way === 'address' && count($visitor) > 1);
                }
            }

            $id = $dispatch();

            foreach ($runs as $name => $unfinished) {
                $this->cache->put($this->key($name), [...$unfinished, $id => time()], self::SECONDS_OF_A_LOST_RUN);
            }

            return $id;
        });
    }

    /** @return array<string, int> id => when it was queued */
    private function unfinished(string $name): array
    {
        $unfinished = [];

        foreach ((array) $this->cache->get($this->key($name)) as $id => $since) {
            $isOpen = is_int($since) && $since > time() - self::SECONDS_OF_A_LOST_RUN;

            if ($isOpen && in_array($this->results->state((string) $id), [RunState::Queued, RunState::Running], true)) {
                $unfinished[(string) $id] = $since;
            }
        }

        return $unfinished;
    }

    /**
     * Two requests of one visitor are counted one after the other.
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
