<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use RuntimeException;

/**
 * Something that is not as it must be, and that a command tells its user.
 */
final class Finding extends RuntimeException {}
