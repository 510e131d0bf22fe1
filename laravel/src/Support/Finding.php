<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use RuntimeException;

/**
 * A fault that a command reports to its user.
 */
final class Finding extends RuntimeException {}
