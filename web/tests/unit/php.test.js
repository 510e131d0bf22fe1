// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endsInPhp } from '../../src/more/php.js';

const INSIDE = [
    '<?php', '<?php\n$a = 1;', '<?PHP echo 1;', '<?= 1', '<p><?php echo 1; ?></p><?php echo 2;', "<?php $a = '?>';", '<?php $a = "?>\\"?>";', '<?php $a = `?>`;', '<?php /* ?> */',
    '<?php $a = <<<END\n?>\nEND;', "<?php $a = <<<'END'\n ?> '\n  END;", '<?php #[Attribute(1)] ?> <?php', "<?php // it's\n$a = '?>';", '<?php $a = "?> and so on', '<?php /* ?> and so on', '<?php $a = <<<END\n?>\nand so on',
];
const OUTSIDE = ['', '<p>', 'text <?xml ?>', '<?php $a = 1; ?>', '<?php $a = 1; ?>\n', '<?= 1 ?></p>', '<?php // ?>', "<?php # it's ?>", "<?php $a = '\\\\'; ?>", '<?php #[Attribute(1)] ?>', '<?php $a = <<<END\n\nEND; ?>', '<?php $a = <<<END\nEND; ?>', '<?phpx'];

test('PHP ends inside or outside of its tags', () => {
    for (const source of INSIDE) assert.equal(endsInPhp(source), true, source);
    for (const source of OUTSIDE) assert.equal(endsInPhp(source), false, source);
});

test('a program takes a time in proportion to its length', () => {
    const timeOf = (start, part, length) => {
        const source = start.padEnd(length, part), began = process.cpuUsage().user;
        endsInPhp(source);
        return (process.cpuUsage().user - began) / 1000;
    };
    for (const row of [["<?php $a = '", 'x'], ['<?php ', '<<<A\n'], ['<?php ', "'"], ['<?php ', '/*'], ['<?php ', '?><?php ']]) {
        const ratios = [];
        // Other programs of the machine disturb a measurement.
        do ratios.push(timeOf(...row, 1_048_576) / Math.max(timeOf(...row, 262_144), 5)); while (ratios.at(-1) >= 8 && ratios.length < 4);
        assert.ok(ratios.at(-1) < 8, `${row}: ${ratios}`);
    }
});
