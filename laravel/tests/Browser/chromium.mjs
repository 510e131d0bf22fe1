// SPDX-License-Identifier: MIT
// Headless Chromium, which asks for nothing by itself.
import { chromium } from 'playwright-core';

export const patience = 120_000; // on a machine that is busy with other suites

export const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
    timeout: patience,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
