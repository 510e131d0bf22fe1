<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);
