<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use RuntimeException;

/**
 * Something that the doctor does not like.
 */
final class Finding extends RuntimeException {}
