#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How far the confidence of a quotation can be believed, and the weights that it is made of.

  calibrate.py            prints the reliability table on the development data; exits 1 where it does not hold,
                          77 where the data are not beside the project
  calibrate.py --cross    fits to one half of the articles, by a digest of their names, and prints the other half's table
  calibrate.py --fit      fits the weights anew and writes plugins/quotes/data/confidence.txt; then build again

A quotation is right when it pairs with one of the gold quotations (half of the characters of both) and its speaker is
right, as the scorer of the data counts. A weight is a log-odd of one piece of evidence; they are fitted by Newton's method,
one at a time, with a pull towards 0, in a fixed order from zero: the same data give the same file. Standard library only.
"""
import argparse
import hashlib
import importlib.util
import math
import os
import re
import sys
import tempfile

import evaluate

WEIGHTS = os.path.join(evaluate.ROOT, 'plugins', 'quotes', 'data', 'confidence.txt')
FIT_SETS = (('ggt_a', 8.0), ('gum_a', 8.0), ('polnear_dev', 6.0), ('polnear_train', 1.0))
CHECK_SETS = ('ggt_a', 'gum_a', 'polnear_dev')
PULL = 1.0        # as if each weight had this much evidence for 0
SETTLE_STEPS = 8
CURVE_PULL = 5.0  # as if each decile had this much evidence for its own middle
ROUNDS = 25
GAP_MAX = 0.1     # between mean confidence and precision of a decile
DECILE_MIN = 20   # quotations that make a decile count
DECILES_MIN = 5
AUC_MIN = 0.70
BATCH = 200       # files a call


def load_scorer():
    path = os.path.join(evaluate.EVAL, 'quotes', 'score_quotes.py')
    spec = importlib.util.spec_from_file_location('score_quotes', path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def evidence_of(files):
    """(document, first character) -> names, as `plugin try --explain` prints them."""
    out = evaluate.run([os.path.join(evaluate.BIN, 'verbatim'), 'plugin', 'try', 'quotes', *files, '--explain'])
    found, place = {}, None
    for line in out.splitlines():
        head = re.match(r'(\S+):(\d+)-\d+  ', line)
        if head and not line.startswith('    '):
            place = (evaluate.stem(head.group(1)), int(head.group(2)))
        elif line.startswith('    evidence ') and place:
            found[place] = line.split()[1:]
    return found


def examples(name, scorer, folder):
    """(document, evidence, confidence, right) of every quotation in one set."""
    source = os.path.join(evaluate.EVAL, 'quotes', 'dev', name)
    gold_path = os.path.join(source, 'gold.jsonl')
    docs = [d['doc_id'] for d in evaluate.json_rows(gold_path)]
    files = [os.path.join(source, 'text', d + '.txt') for d in docs]
    rows, evidence = [], {}
    for at in range(0, len(files), BATCH):
        rows += evaluate.try_plugin('quotes', files[at:at + BATCH], {}, folder)
        evidence.update(evidence_of(files[at:at + BATCH]))
    system_path = os.path.join(folder, name + '.jsonl')
    evaluate.write_rows(system_path, evaluate.quote_documents(rows, docs))
    texts = scorer.Text(os.path.join(source, 'text'))
    gold = scorer.load(gold_path, texts, True)
    system = scorer.load(system_path, texts, True)
    confidence = {(evaluate.stem(r['file']), r['spans'][0]['begin_char']): r['confidence'] for r in rows
                  if r['type'] == 'verbatim.v1.Quote'}
    found = []
    for doc in sorted(gold):
        paired = {j: i for i, j in scorer.pair(gold[doc], system.get(doc, []), lambda q: q.al, 0.5)}
        for j, quote in enumerate(system.get(doc, [])):
            place = (doc, quote.outer[0])
            if place in confidence:
                pair = gold[doc][paired[j]] if j in paired else None
                # A speaker carried on has no mention here: only a canonical name can tell whether it is right.
                carried = pair is not None and quote.cont and not pair.canonical
                right = pair is not None and (carried or bool(scorer.right(pair, quote)))
                found.append((doc, evidence.get(place, []), confidence[place], right))
    return found


def fit(rows):
    """rows: (names, right, mass). The weight of every name."""
    names = sorted({n for row in rows for n in row[0]})
    where = {n: [k for k, row in enumerate(rows) if n in row[0]] for n in names}
    weights = dict.fromkeys(names, 0.0)
    odds = [0.0] * len(rows)
    for _ in range(ROUNDS):
        for name in names:
            slope, bend = -PULL * weights[name], PULL
            for k in where[name]:
                chance = 1 / (1 + math.exp(-odds[k]))
                slope += rows[k][2] * (rows[k][1] - chance)
                bend += rows[k][2] * chance * (1 - chance)
            step = max(-1.0, min(1.0, slope / bend))
            weights[name] += step
            for k in where[name]:
                odds[k] += step
    return weights


def chance_of(weights, names):
    return 1 / (1 + math.exp(-sum(weights.get(n, 0.0) for n in names)))


def fit_curve(rows, weights):
    """How often what the weights call 0.05, 0.15, ... is right: never falling; a decile of few pulls to its middle."""
    right, mass = [0.0] * 10, [0.0] * 10
    for names, ok, weight in rows:
        decile = min(9, int(10 * chance_of(weights, names)))
        right[decile] += weight * ok
        mass[decile] += weight
    blocks = []  # value, mass, deciles
    for n in range(10):
        blocks.append([(right[n] + CURVE_PULL * (n + 0.5) / 10) / (mass[n] + CURVE_PULL), mass[n] + CURVE_PULL, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            value, weight, deciles = blocks.pop()
            last = blocks[-1]
            last[0] = (last[0] * last[1] + value * weight) / (last[1] + weight)
            last[1], last[2] = last[1] + weight, last[2] + deciles
    return [value for value, _, deciles in blocks for _ in range(deciles)]


def settle_curve(rows, weights):
    """Between its knots the curve is a line: moves each knot by what the quotations on both of its lines are off."""
    for _ in range(SETTLE_STEPS):
        off, mass = [0.0] * 10, [0.0] * 10
        for names, ok, weight in rows:
            place = 10 * chance_of(weights, names) - 0.5
            for n in range(10):
                near = max(0.0, 1 - abs(place - n)) * weight
                off[n] += near * (ok - predict(weights, names)) if near else 0.0
                mass[n] += near
        highest = 0.0
        for n in range(10):
            moved = weights[f'curve:{n}'] + off[n] / (mass[n] + CURVE_PULL)
            weights[f'curve:{n}'] = highest = max(highest, min(1.0, max(0.0, moved)))


def predict(weights, names):
    """As plugins/quotes/confidence.cc does it."""
    chance = chance_of(weights, names)
    knots = [(0.0, 0.0)] + [((n + 0.5) / 10, weights[f'curve:{n}']) for n in range(10)] + [(1.0, 1.0)]
    for (x0, y0), (x1, y1) in zip(knots, knots[1:]):
        if chance <= x1:
            return min(0.99, max(0.02, y0 + (y1 - y0) * (chance - x0) / (x1 - x0)))
    return 0.99


def fit_all(rows):
    """rows: (set, mass, document, names, confidence, right). The big training set gives weights, the others the curve."""
    weights = fit([(names, right, mass) for _, mass, _, names, _, right in rows])
    held = [(names, right, 1.0) for name, _, _, names, _, right in rows if name in CHECK_SETS]
    weights.update({f'curve:{n}': value for n, value in enumerate(fit_curve(held, weights))})
    settle_curve(held, weights)
    return weights


def area(pairs):
    """The chance that a right one is ranked above a wrong one; ties count half."""
    ordered = sorted(pairs)
    ranks, at = 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        ranks += (at + end + 1) / 2 * sum(1 for k in range(at, end) if ordered[k][1])
        at = end
    right = sum(1 for _, r in ordered if r)
    wrong = len(ordered) - right
    return (ranks - right * (right + 1) / 2) / (right * wrong) if right and wrong else 1.0


def table(pairs):
    """Prints deciles of confidence; true when they hold what is promised."""
    print('confidence    quotations   mean   right')
    holds, filled = True, 0
    for decile in range(10):
        inside = [(c, r) for c, r in pairs if min(9, int(c * 10)) == decile]
        if not inside:
            continue
        mean = sum(c for c, _ in inside) / len(inside)
        right = sum(1 for _, r in inside if r) / len(inside)
        counts = len(inside) >= DECILE_MIN
        filled += counts
        bad = counts and abs(mean - right) > GAP_MAX
        holds &= not bad
        print(f'{decile / 10:.1f} .. {decile / 10 + 0.1:.1f}   {len(inside):8}   {mean:.3f}   {right:.3f}' + ('   OFF' if bad else ''))
    auc = area(pairs)
    print(f'{filled} deciles with {DECILE_MIN} or more; right above wrong {auc:.3f}')
    return holds and filled >= DECILES_MIN and auc >= AUC_MIN


def write_weights(weights):
    with open(WEIGHTS, 'w', encoding='utf-8') as file:
        file.write('# What each piece of evidence adds to the confidence of a quotation, in thousandths of a log-odd;\n'
                   '# curve:N: how often what they make N.5 tenths is right, in thousandths.\n'
                   '# Written by tests/acceptance/calibrate.py --fit; higher: more often right on the development data.\n')
        for name in sorted(weights):
            file.write(f'{name} {round(1000 * weights[name])}\n')


def half(doc):
    return hashlib.sha256(doc.encode()).digest()[0] % 2


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--fit', action='store_true')
    parser.add_argument('--cross', action='store_true')
    arguments = parser.parse_args()
    if not os.path.isdir(os.path.join(evaluate.EVAL, 'quotes')):
        print('SKIPPED: the evaluation data are not beside this project (../shared/eval)')
        return 77
    scorer = load_scorer()
    with tempfile.TemporaryDirectory() as folder:
        if not arguments.fit and not arguments.cross:
            rows = [row for name in CHECK_SETS for row in examples(name, scorer, folder)]
            return 0 if table([(c, r) for _, _, c, r in rows]) else 1
        rows = [(name, mass, *row) for name, mass in FIT_SETS for row in examples(name, scorer, folder)]
    if arguments.fit:
        write_weights(fit_all(rows))
        return 0
    holds = True
    for other in (0, 1):
        weights = fit_all([row for row in rows if half(row[2]) != other])
        print(f'fitted without half {other}, read on it:')
        holds &= table([(predict(weights, names), right) for name, _, doc, names, _, right in rows
                        if half(doc) == other and name in CHECK_SETS])
    return 0 if holds else 1


if __name__ == '__main__':
    sys.exit(main())
