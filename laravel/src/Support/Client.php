<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

/**
 * For whom a run is, as its label `client` says it to the service: a keyed hash of the user or the address. The service
 * shares its places fairly between clients, and its log names them, but neither user nor address can be read from it.
 */
final readonly class Client
{
    /** @param string $key a secret of the application */
    public function __construct(private string $key) {}

    /** @param string $name a user's ID, or an address */
    public function label(string $name): string
    {
        $isAddress = filter_var($name, FILTER_VALIDATE_IP) !== false;

        return $this->hash($isAddress ? 'ip:'.Visitors::network($name) : "user:{$name}");
    }

    /** @param array<'user'|'session'|'address', string> $visitor of Visitors */
    public function of(array $visitor): string
    {
        return $this->hash($visitor['user'] ?? $visitor['address'] ?? '');
    }

    private function hash(string $name): string
    {
        return substr(strtr(base64_encode(hash_hmac('sha256', "exrun client {$name}", $this->key, true)), '+/', '-_'), 0, 22);
    }
}
