#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the scorers of the evaluation data over what verbatim finds, prints the scores, and keeps what was reached.

  evaluate.py [dates|quotes|statements|ingest]... [--check | --record] [--verbose]

Reads ../shared/eval beside the project; where that is absent, every set is named as skipped and the exit code is 0.
--check compares with floors.tsv (set, score) and exits 1 on a fall of more than 0.3; --record writes higher scores
into it. Programs: build/release/bin. Only the standard library.
"""
import argparse
import ast
import gzip
import html
import json
import os
import random
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SHARED = os.path.join(os.path.dirname(ROOT), 'shared')
EVAL = os.path.join(SHARED, 'eval')
BIN = os.path.join(ROOT, 'build', 'release', 'bin')
FLOORS = os.path.join(HERE, 'floors.tsv')
FALL_MAX = 0.3


def run(arguments, **options):
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, **options)
    if done.returncode not in (0, 3):
        raise RuntimeError(f'{" ".join(arguments[:4])} ... exited with {done.returncode}: {done.stderr.strip()[-400:]}')
    return done.stdout


def json_rows(path):
    with open(path, encoding='utf-8') as file:
        return [json.loads(line) for line in file if line.strip()]


def write_rows(path, rows):
    with open(path, 'w', encoding='utf-8') as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + '\n')


def try_plugin(name, files, dates, folder, more=()):
    """The rows of `verbatim plugin try`; dates: file name -> day."""
    table = os.path.join(folder, 'published.tsv')
    with open(table, 'w', encoding='utf-8') as file:
        for key, day in dates.items():
            file.write(f'{key}\t{day}\n')
    given = ['--published-from', table] if dates else []
    out = run([os.path.join(BIN, 'verbatim'), 'plugin', 'try', name, *files, *given, *more, '--format', 'jsonl'])
    return [json.loads(line) for line in out.splitlines() if line.strip()]


def scorer(*parts):
    return [sys.executable, os.path.join(EVAL, *parts)]


def stem(name):
    return name[:-4] if name.endswith('.txt') else name


# ---------------------------------------------------------------- dates
def date_rows(rows):
    for row in rows:
        if row['type'] != 'verbatim.v1.TemporalExpression':
            continue
        spans = row['spans']
        yield {'doc': stem(row['file']), 'begin': spans[0]['begin_char'], 'end': spans[-1]['end_char'],
               'type': row['body']['type'], 'value': row['body'].get('value', '')}


def timeml_rows(path):
    """The TIMEX3 elements of an exported file, by characters of its TEXT."""
    with open(path, encoding='utf-8', newline='') as file:
        xml = file.read()
    text = xml[xml.index('<TEXT>') + 6:xml.rindex('</TEXT>')]
    doc, chars, begun = os.path.basename(path)[:-4], 0, None
    for part in re.split(r'(</?TIMEX3[^>]*>)', text):
        if part.startswith('</TIMEX3'):
            begin, said = begun
            yield {'doc': doc, 'begin': begin, 'end': chars, 'type': said['type'], 'value': said.get('value', '')}
        elif part.startswith('<TIMEX3'):
            begun = chars, {key: html.unescape(value) for key, value in re.findall(r'(\w+)="([^"]*)"', part)}
        else:
            chars += len(html.unescape(part))


def exported_dates(files, days, folder):
    """The same through an archive: taken in, annotated, and exported as TimeML."""
    archive, table, out = (os.path.join(folder, name) for name in ('archive', 'published.tsv', 'timeml'))
    with open(table, 'w', encoding='utf-8') as file:
        for key, day in days.items():
            file.write(f'{key}\t{day}\n')
    tool = [os.path.join(BIN, 'verbatim'), '-C', archive]
    taken = run(tool + ['ingest', '--published-from', table, '--quiet', '--format', 'jsonl', *files])
    run(tool + ['export', '--as', 'timeml', out])
    # An archive holds a text once, by whatever names it came.
    names = {}
    for row in map(json.loads, taken.splitlines()):
        names.setdefault(row['article'], []).append(stem(os.path.basename(row['input'])))
    same = {doc: docs for docs in names.values() for doc in docs}
    return [{**row, 'doc': doc} for name in sorted(os.listdir(out)) for row in timeml_rows(os.path.join(out, name))
            for doc in same[row['doc']]]


def timex_scores(source, rows, name, folder, way=''):
    out = os.path.join(folder, name + '.jsonl')
    write_rows(out, rows)
    result = json.loads(run(scorer('dates', 'score_timex.py') + [source, out, '--json']))
    return {f'dates/{name}/{way}strict': 100 * result['strict']['f1'],
            f'dates/{name}/{way}relaxed': 100 * result['relaxed']['f1'],
            f'dates/{name}/{way}value': 100 * result['value_f1'], f'dates/{name}/{way}type': 100 * result['type_f1']}


def timex(name, folder):
    source = os.path.join(EVAL, 'dates', 'dev', name)
    docs = json_rows(os.path.join(source, 'docs.jsonl'))
    files = [os.path.join(source, 'raw', d['doc'] + '.txt') for d in docs]
    days = {d['doc'] + '.txt': d['dct'][:10] for d in docs if re.match(r'\d{4}-\d\d-\d\d', d['dct'])}
    scores = timex_scores(source, date_rows(try_plugin('dates', files, days, folder)), name, folder)
    with tempfile.TemporaryDirectory() as place:
        exported = exported_dates(files, days, place)
    return {**scores, **timex_scores(source, exported, name, folder, 'timeml ')}


def document_dates(name, folder):
    source = os.path.join(EVAL, 'dates', 'dev', name)
    files = [os.path.join(source, 'raw', d['doc'] + '.txt') for d in json_rows(os.path.join(source, 'docs.jsonl'))]
    rows = try_plugin('dates', files, {}, folder, ['--infer-published'])
    out = os.path.join(folder, name + '.dct.jsonl')
    write_rows(out, [{'doc': stem(r['file']), **{k: r[k] for k in ('lo', 'hi', 'best') if r.get(k)}} for r in rows])
    result = json.loads(run(scorer('dates', 'score_dct.py') + [source, out]))
    share = lambda part, whole: 100 * result[part] / result[whole] if result[whole] else 100.0
    return {f'dates/{name}/dct answered': share('answered', 'documents'),
            f'dates/{name}/dct interval': share('interval_contains', 'with_interval'),
            f'dates/{name}/dct best': share('best_right', 'with_best')}


def seeds(what, folder):
    source = os.path.join(SHARED, 'seeds')
    files = sorted(os.path.join(source, f) for f in os.listdir(source) if f.endswith('.txt'))
    with open(os.path.join(EVAL, 'seeds_published.tsv'), encoding='utf-8') as file:
        days = dict(line.split()[:2] for line in file if line.strip())
    out = os.path.join(folder, f'seeds.{what}.jsonl')
    write_rows(out, try_plugin(what, files, days, folder))
    line = run(scorer('score_seeds.py') + [what, out])
    scores = {}
    for key, value in re.findall(r'(\w+)=(\S+)', line):
        right, _, whole = value.partition('/')
        # Counts of what is wrong are kept as negative scores, so that more is always better.
        scores[f'{what}/seeds/{key}'] = 100 * float(right) / float(whole) if whole else 0.0 - float(right)
    return scores


def dates(folder):
    scores = seeds('dates', folder)
    for name in ('timebank', 'meantime', 'aquaint'):
        scores.update(timex(name, folder))
    for name in ('timebank', 'meantime'):
        scores.update(document_dates(name, folder))
    return scores


# ---------------------------------------------------------------- quotes
def quote_documents(rows, every_doc):
    """Rows of `plugin try` as documents of score_quotes.py."""
    documents = {doc: [] for doc in every_doc}
    chars = lambda span: [span['begin_char'], span['end_char']]
    for row in rows:
        if row['type'] != 'verbatim.v1.Quote':
            continue
        body = row['body']
        mention = body.get('speaker_mention')
        cont = 'continued' in body.get('flags', [])
        if mention is None and cont and body.get('speaker_evidence'):
            mention = body['speaker_evidence'][0]
        documents[stem(row['file'])].append({
            'spans': [chars(s) for s in row['spans']], 'kind': body['kind'].lower(),
            'cue': [chars(body['cue'])] if body.get('cue') else [], 'speaker': [chars(mention)] if mention else [],
            'canonical': body.get('speaker') or None, 'cont': cont})
    return [{'doc_id': doc, 'offset_unit': 'char', 'quotes': quotes} for doc, quotes in documents.items()]


def quote_set(name, runs, folder):
    source = os.path.join(EVAL, 'quotes', 'dev', name)
    docs = [d['doc_id'] for d in json_rows(os.path.join(source, 'gold.jsonl'))]
    files = [os.path.join(source, 'text', d + '.txt') for d in docs]
    out = os.path.join(folder, name + '.jsonl')
    write_rows(out, quote_documents(try_plugin('quotes', files, {}, folder), docs))
    scores = {}
    for label, flags, wanted in runs:
        arguments = [os.path.join(source, 'gold.jsonl'), out, '--text', os.path.join(source, 'text'), '--split', '--json']
        result = json.loads(run(scorer('quotes', 'score_quotes.py') + arguments + flags).splitlines()[0])
        for key in wanted:
            value = result[key]
            scores[f'quotes/{name}/{label}{key}'] = value['F1'] if isinstance(value, dict) else value
            if key == 'ggt@0.3':
                scores[f'quotes/{name}/{label}speaker'] = value['speaker']
    return scores


def quotes(folder):
    cues = ['--kind', 'speech', '--cues', os.path.join(EVAL, 'quotes', 'cues_speech.txt')]
    scores = seeds('quotes', folder)
    scores.update(quote_set('ggt_a', [('', [], ['ggt@0.3', 'ggt@0.8', 'canonical_lenient_acc', 'attributed'])], folder))
    scores.update(quote_set('polnear_dev', [('direct ', ['--kind', 'direct'], ['match@0.5', 'attributed']),
                                            ('speech ', cues, ['match@0.5', 'attributed'])], folder))
    scores.update(quote_set('gum_a', [('', [], ['match@0.5', 'canonical_lenient_acc', 'cue_overlap'])], folder))
    return scores


# ---------------------------------------------------------------- statements
def statements(folder):
    dev = os.path.join(EVAL, 'statements', 'dev')
    path = lambda name: os.path.join(dev, name)
    tool = os.path.join(BIN, 'verbatim-eval')
    score = scorer('statements', 'score_statements.py')

    def scored(what, gold, arguments, measure=None):
        out = os.path.join(folder, measure or what)
        with open(out, 'w', encoding='utf-8') as file:
            file.write(run([tool, what, *arguments]))
        return run(score + [measure or what, path(gold), out])

    f1 = lambda text, label: float(re.search(re.escape(label) + r'.*?F1\s+([\d.]+)', text).group(1))
    scores = {}
    text = scored('threads', 'threads.jsonl', [path('thread_statements.jsonl')])
    for key, label in (('B3', 'B-cubed'), ('pairwise', 'pairwise'), ('links', 'consecutive links')):
        scores[f'statements/threads/{key}'] = f1(text, label)
    scores['statements/align'] = f1(scored('align', 'align.jsonl', [path('align_docs.jsonl'), path('align.jsonl')]),
                                    'sentence alignment')
    text = scored('labels', 'pairs.jsonl', [path('pairs.jsonl')])
    scores['statements/labels/all'] = f1(text, ' micro')
    scores['statements/labels/number'] = f1(text, '  number')
    text = scored('diff', 'pairs.jsonl', [path('pairs.jsonl')])
    scores['statements/diff/faithful'] = float(re.search(r'faithful ([\d.]+)', text).group(1))
    scores['statements/diff/islands'] = 0.0 - float(re.search(r'islands /100 pairs ([\d.]+)', text).group(1))
    scores['statements/diff/amounts cut'] = 0.0 - float(re.search(r'amounts cut in part (\d+)', text).group(1))
    scores['statements/diff/human'] = f1(scored('diff', 'edits.jsonl', [path('edits.jsonl')]), 'vs human-marked edits')
    counts = ast.literal_eval(re.search(r'\{.*\}', scored('anchors', 'anchors.jsonl', [path('anchor_tasks.jsonl')])).group(0))
    total = sum(counts.values())
    for key, value in counts.items():
        print(f'  anchors {key}: {value} of {total}')
    scores['statements/anchors/right'] = 100 * sum(v for k, v in counts.items() if k in ANCHORS_RIGHT) / total
    scores.update(seed_matters(folder))
    return scores


def seed_matters(folder):
    """The five seeds through the whole path: ingest, annotate, view."""
    archive = os.path.join(folder, 'archive')
    source = os.path.join(SHARED, 'seeds')
    files = sorted(os.path.join(source, f) for f in os.listdir(source) if f.endswith('.txt'))
    tool = [os.path.join(BIN, 'verbatim'), '-C', archive]
    run(tool + ['ingest', *files, '--published-from', os.path.join(EVAL, 'seeds_published.tsv')])
    out = os.path.join(folder, 'matters.jsonl')
    with open(out, 'w', encoding='utf-8') as file:
        file.write(run(tool + ['view', 'statements', '--format', 'jsonl']))
    line = run(scorer('score_seeds.py') + ['statements', out])
    print('  ' + line.strip())
    right, whole = re.search(r'matters=(\d+)/(\d+)', line).groups()
    return {'statements/seeds/matters': 100 * int(right) / int(whole)}


# ---------------------------------------------------------------- ingest
def seed_titles():
    """Titles of the seeds against the hand-made gold."""
    source = os.path.join(SHARED, 'seeds')
    files = sorted(f for f in os.listdir(source) if f.endswith('.txt'))
    out = run([os.path.join(BIN, 'verbatim'), 'extract', *(os.path.join(source, f) for f in files), '--format', 'jsonl'])
    found = {row['file']: row for row in map(json.loads, out.splitlines())}
    titles = 0
    for name in files:
        with open(os.path.join(SHARED, 'gold', name + '.gold.json'), encoding='utf-8') as file:
            gold = json.load(file)
        title = gold.get('metadata', {}).get('title')
        title = title.get('text') if isinstance(title, dict) else title
        right = (title or '') == found[name].get('title', '')
        titles += right
        if not right:
            print(f'  {name}: title {title!r}, found {found[name].get("title")!r}')
    return {'ingest/seeds/title': 100 * titles / len(files)}


def shuffled(page, seed):
    """The page with every class name and id exchanged for another of the same page, all places of one name alike."""
    text = page.decode('utf-8', 'surrogateescape')
    attribute = re.compile(r"""(\s(?:class|id)\s*=\s*)("[^"<>]*"|'[^'<>]*')""", re.I)
    names = sorted({name for match in attribute.finditer(text) for name in match.group(2)[1:-1].split()})
    others = names[:]
    random.Random(seed).shuffle(others)
    other = dict(zip(names, others))

    def exchange(match):
        value = match.group(2)
        return match.group(1) + value[0] + ' '.join(other[n] for n in value[1:-1].split()) + value[-1]
    return attribute.sub(exchange, text).encode('utf-8', 'surrogateescape')


def pages(name, folder, change=None):
    """What `extract` finds in the pages of one set, as the scorer reads it."""
    source = os.path.join(EVAL, 'ingest', 'dev', name, 'pages')
    files = [os.path.join(source, f) for f in sorted(os.listdir(source))]
    if change is not None:
        changed = os.path.join(folder, name + '.changed')
        os.makedirs(changed, exist_ok=True)
        for path in files:
            with gzip.open(path) as page, open(os.path.join(changed, os.path.basename(path)[:-3]), 'wb') as file:
                file.write(change(page.read()))
        files = [os.path.join(changed, os.path.basename(path)[:-3]) for path in files]
    out = run([os.path.join(BIN, 'verbatim'), 'extract', *files, '--format', 'jsonl'])
    rows = []
    for row in map(json.loads, out.splitlines()):
        rows.append({'id': re.sub(r'\.html(\.gz)?$', '', row['file']), 'articleBody': row.get('body', ''),
                     'title': row.get('title', ''), 'author': ', '.join(row.get('authors', [])),
                     'date': row.get('published', '')[:10]})
    pred = os.path.join(folder, name + '.jsonl')
    write_rows(pred, rows)
    result = os.path.join(folder, name + '.json')
    run(scorer('ingest', 'score_extract.py') +
        ['--gold', os.path.join(EVAL, 'ingest', 'dev', name), '--pred', pred, '--json', result])
    with open(result, encoding='utf-8') as file:
        return json.load(file)[pred]


def duplicates(folder):
    """The articles of the duplicate kit through an archive, and the stories that its view makes of them."""
    data = os.path.join(EVAL, 'ingest', 'dev', 'dups')
    with open(os.path.join(data, 'articles.jsonl'), encoding='utf-8') as file:
        ids = {row['url']: row['id'] for row in map(json.loads, file)}
    tool = [os.path.join(BIN, 'verbatim'), '-C', os.path.join(folder, 'dups')]
    run(tool + ['ingest', '--quiet', '--no-annotate', os.path.join(data, 'articles.jsonl')])
    rows = map(json.loads, run(tool + ['view', 'duplicates', '--undated', '--format', 'jsonl']).splitlines())
    pred = os.path.join(folder, 'dups.json')
    with open(pred, 'w', encoding='utf-8') as file:
        json.dump({ids[row['url']]: row['story'] for row in rows}, file)
    found = json.loads(run(scorer('ingest', 'score_dups.py') + ['--gold', os.path.join(data, 'gold.json'), '--pred', pred]))
    return {'ingest/dups/pair F1': 100 * found['F1']}


def ingest(folder):
    """Body, title, author and day of the marked pages; the body again with the pages' names exchanged. The learned table
    saw these pages: what it is worth on others is measured by verbatim-train --predict."""
    scores = seed_titles()
    wanted = {'scrapinghub': ['shingle_f1', 'accuracy'], 'wcxb_article': ['shingle_f1', 'title_exact', 'title_f1', 'author_f1', 'date_accuracy'],
              'fundus_news': ['shingle_f1', 'title_exact', 'author_f1', 'date_accuracy', 'date_p'],
              'htmldate': ['date_accuracy', 'date_p']}
    for name, keys in wanted.items():
        found = pages(name, folder)
        scores.update({f'ingest/{name}/{key}': 100 * found[key] for key in keys})
        if 'shingle_f1' in keys:
            blind = pages(name, folder, lambda page: shuffled(page, 7))
            scores[f'ingest/{name}/shuffled fall'] = 100 * min(0.0, blind['shingle_f1'] - found['shingle_f1'])
    scores.update(duplicates(folder))
    return scores


ANCHORS_RIGHT = ('found, span >=0.8', 'right orphan')
SETS = {'dates': dates, 'quotes': quotes, 'statements': statements, 'ingest': ingest}


def load_floors():
    with open(FLOORS, encoding='utf-8') as file:
        rows = [line.rstrip('\n').split('\t') for line in file if line.strip() and not line.startswith('#')]
    return {name: float(score) for name, score in rows}


def record(floors, scores):
    floors = {**floors, **{k: max(v, floors.get(k, v)) for k, v in scores.items()}}
    with open(FLOORS, 'w', encoding='utf-8') as file:
        file.write('# The best score landed, a line a set; more is better. Lowered only with its reason in the commit.\n')
        for name in sorted(floors):
            file.write(f'{name}\t{floors[name]:.2f}\n')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('sets', nargs='*', metavar='dates|quotes|statements|ingest')
    parser.add_argument('--check', action='store_true')
    parser.add_argument('--record', action='store_true')
    arguments = parser.parse_args()
    unknown = [s for s in arguments.sets if s not in SETS]
    if unknown:
        parser.error(f'no such set: {unknown[0]}')
    chosen = arguments.sets or list(SETS)
    if not os.path.isdir(EVAL):
        for name in chosen:
            print(f'SKIPPED evaluation of {name}: the evaluation data are not beside this project (../shared/eval)')
        return 0
    floors, scores = load_floors(), {}
    for name in chosen:
        with tempfile.TemporaryDirectory() as folder:
            scores.update({k: v for k, v in SETS[name](folder).items() if v is not None})
    fallen = 0
    for name, score in sorted(scores.items()):
        floor = floors.get(name)
        fell = floor is not None and score < floor - FALL_MAX
        fallen += fell
        print(f'{name:44} {score:8.2f}' + ('' if floor is None else f'   floor {floor:8.2f}') + ('   FELL' if fell else ''))
    if arguments.record:
        record(floors, scores)
    if arguments.check:
        print(f'evaluate: {len(scores)} scores, {fallen} fallen')
        return 1 if fallen else 0
    return 0


if __name__ == '__main__':
    sys.exit(main())
