<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

$files = PhpCsFixer\Finder::create()
    ->in(__DIR__)
    ->exclude(['demo/vendor', 'demo/storage', 'demo/bootstrap/cache', 'demo/resources', 'tests/Browser/node_modules'])
    ->notPath('bootstrap/cache');

return (new PhpCsFixer\Config)
    ->setRiskyAllowed(true)
    ->setCacheFile(__DIR__.'/.php-cs-fixer.cache')
    ->setRules([
        '@PSR12' => true,
        'array_syntax' => ['syntax' => 'short'],
        'braces_position' => ['allow_single_line_anonymous_functions' => true, 'allow_single_line_empty_anonymous_classes' => true],
        'concat_space' => ['spacing' => 'none'],
        'declare_strict_types' => true,
        'function_declaration' => ['closure_fn_spacing' => 'one'],
        'fully_qualified_strict_types' => true,
        'global_namespace_import' => ['import_classes' => true],
        'new_with_parentheses' => ['named_class' => false, 'anonymous_class' => false],
        'no_superfluous_phpdoc_tags' => ['allow_mixed' => true],
        'no_unused_imports' => true,
        'not_operator_with_successor_space' => true,
        'ordered_imports' => ['sort_algorithm' => 'alpha'],
        'phpdoc_align' => false,
        'single_line_empty_body' => true,
        'single_quote' => true,
        'single_trait_insert_per_statement' => false,
        'trailing_comma_in_multiline' => ['elements' => ['arrays', 'arguments', 'parameters', 'match']],
        'unary_operator_spaces' => true,
        'yoda_style' => ['equal' => false, 'identical' => false, 'less_and_greater' => false],
    ])
    ->setFinder($files);
