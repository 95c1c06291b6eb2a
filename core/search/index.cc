// SPDX-License-Identifier: Apache-2.0
#include "core/search/index.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/base/hex.h"
#include "core/base/sha256.h"
#include "core/sqlite/relevance.h"
#include "verbatim/text/fold.h"

namespace verbatim::search {
namespace {

// Raised when the tables or what goes into them change.
constexpr int64_t kMake = 1;
// A title says what an article is about.
constexpr char kRank[] = "relevance(words, 3.0, 1.0)";
// Around what was found, in a text that has neither character.
constexpr char kOpen = '\x01';
constexpr char kClose = '\x02';
// Of one document: those with the most words of the question.
constexpr size_t kLinesMax = 5;

// Documents that are ranked where there is a limit, the newest that match: to rank one reads it,
// and words that stand in a tenth of a million articles would take a second.
constexpr uint64_t kRankedMax = 2000;

constexpr char kTables[] = R"sql(
CREATE TABLE state (make INTEGER, sequence INTEGER, root TEXT);
CREATE TABLE docs (
  id INTEGER PRIMARY KEY, kind INTEGER, article TEXT, annotation TEXT, since INTEGER, until INTEGER,
  revision INTEGER, line INTEGER, day TEXT, outlet TEXT, outlet_folded TEXT, speaker TEXT,
  speaker_folded TEXT, speaker_key TEXT, title TEXT, text TEXT);
CREATE INDEX docs_of_article ON docs(article, annotation) WHERE until = 9223372036854775807;
CREATE VIRTUAL TABLE words USING fts5(title, text, content='docs', content_rowid='id',
                                      tokenize='unicode61 remove_diacritics 2');
)sql";

// Conditions with the texts that stand for their places.
struct Conditions {
  std::string sql;
  std::vector<std::string> texts;

  std::string Place(std::string text) {
    texts.push_back(std::move(text));
    return absl::StrCat("?", texts.size());
  }
};

Conditions ConditionsOf(const Query& query, const std::string& match) {
  Conditions all;
  all.sql = "words MATCH " + all.Place(match);
  std::string kinds;
  for (const Kind kind : query.kinds) {
    absl::StrAppend(&kinds, kinds.empty() ? "" : ",", static_cast<int>(kind));
  }
  absl::StrAppend(&all.sql, " AND kind IN (", kinds, ")");
  if (query.as_of == kNow) {
    all.sql += " AND until = 9223372036854775807";
  } else {
    absl::StrAppend(&all.sql, " AND since <= ", query.as_of, " AND until > ", query.as_of);
  }
  if (!query.outlet.empty()) {
    all.sql += " AND outlet_folded = " + all.Place(text::Fold(query.outlet));
  }
  if (!query.speaker.empty()) {
    const std::string name = all.Place(text::Fold(query.speaker));
    absl::StrAppend(&all.sql, " AND (speaker_folded = ", name,
                    " OR substr(speaker_folded, -length(", name, ") - 1) = ' ' || ", name);
    for (const std::string& key : query.speaker_keys) {
      all.sql += " OR speaker_key = " + all.Place(key);
    }
    all.sql += ")";
  }
  return all;
}

std::string DaysOf(const Query& query, Conditions& all) {
  std::string days;
  if (!query.from_day.empty()) days += " AND day >= " + all.Place(query.from_day);
  if (!query.to_day.empty()) days += " AND day != '' AND day <= " + all.Place(query.to_day);
  return days;
}

void BindAll(const Conditions& all, sqlite::Statement& statement) {
  for (size_t i = 0; i < all.texts.size(); ++i) {
    statement.Bind(static_cast<int>(i) + 1, std::string_view(all.texts[i]));
  }
}

Hit::Line LineOf(std::string_view marked, uint32_t number) {
  Hit::Line line;
  line.number = number;
  for (const char c : marked) {
    const auto at = static_cast<uint32_t>(line.text.size());
    if (c == kOpen) {
      line.marks.push_back({at, at});
    } else if (c == kClose && !line.marks.empty()) {
      line.marks.back().end = at;
    } else if (c != kClose) {
      line.text.push_back(c);
    }
  }
  // A phrase may run over the end of its line.
  if (!line.marks.empty() && line.marks.back().empty()) {
    line.marks.back().end = static_cast<uint32_t>(line.text.size());
  }
  return line;
}

// The lines of a text with marks in it, at most kLinesMax of them.
std::vector<Hit::Line> MarkedLines(std::string_view text, uint32_t first_line) {
  std::vector<Hit::Line> lines;
  uint32_t number = first_line;
  for (size_t at = 0; at <= text.size(); ++number) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view one = text.substr(at, end - at);
    if (one.find(kOpen) != std::string_view::npos) lines.push_back(LineOf(one, number));
    at = end + 1;
  }
  std::stable_sort(lines.begin(), lines.end(), [](const Hit::Line& a, const Hit::Line& b) {
    return a.marks.size() > b.marks.size();
  });
  if (lines.size() > kLinesMax) lines.resize(kLinesMax);
  std::sort(lines.begin(), lines.end(),
            [](const Hit::Line& a, const Hit::Line& b) { return a.number < b.number; });
  return lines;
}

}  // namespace

absl::StatusOr<Index> Index::Open(const std::filesystem::path& file) {
  VB_ASSIGN_OR_RETURN(sqlite::Database database, sqlite::Database::Open(file));
  Index index(std::move(database));
  VB_RETURN_IF_ERROR(index.Prepare());
  return index;
}

absl::Status Index::Prepare() {
  VB_RETURN_IF_ERROR(sqlite::AddRelevance(database_));
  // What a power cut takes is made again; a crash leaves the state before the update.
  return database_.Run("PRAGMA synchronous=OFF; PRAGMA cache_size=-65536");
}

absl::Status Index::Empty() {
  return database_.Run(absl::StrCat(
      "DROP TABLE IF EXISTS words; DROP TABLE IF EXISTS docs; DROP TABLE IF EXISTS state;", kTables,
      "INSERT INTO state VALUES (", kMake, ", 0, '')"));
}

absl::StatusOr<uint64_t> Index::Standing(const log::Snapshot& snapshot) {
  auto state = database_.Prepare("SELECT make, sequence, root FROM state");
  if (!state.ok()) return uint64_t{0};  // no such table
  VB_ASSIGN_OR_RETURN(const bool there, state->Next());
  const uint64_t sequence = there ? static_cast<uint64_t>(state->Number(1)) : 0;
  if (sequence == 0 || state->Number(0) != kMake || sequence > snapshot.head()) return uint64_t{0};
  VB_ASSIGN_OR_RETURN(const base::Digest root, snapshot.RootAt(sequence));
  return state->Text(2) == base::ToHex(base::AsView(root)) ? sequence : uint64_t{0};
}

absl::StatusOr<uint64_t> Index::Checkpoint(const log::Snapshot& snapshot) {
  VB_ASSIGN_OR_RETURN(const uint64_t sequence, Standing(snapshot));
  if (sequence == 0) VB_RETURN_IF_ERROR(Empty());
  return sequence;
}

absl::Status Index::Update(const log::Snapshot& snapshot, const Progress& progress) {
  VB_RETURN_IF_ERROR(database_.Run("BEGIN IMMEDIATE"));
  const auto update = [&]() -> absl::Status {
    VB_ASSIGN_OR_RETURN(const uint64_t from, Checkpoint(snapshot));
    VB_RETURN_IF_ERROR(Fill(snapshot, from, progress));
    VB_ASSIGN_OR_RETURN(const base::Digest root, snapshot.RootAt(snapshot.head()));
    return database_.Run(absl::StrCat("UPDATE state SET sequence = ", snapshot.head(), ", root = '",
                                      base::ToHex(base::AsView(root)), "'; COMMIT"));
  };
  const absl::Status status = update();
  if (!status.ok()) database_.Run("ROLLBACK").IgnoreError();
  return status;
}

absl::StatusOr<Answer> Index::Ask(const Query& query) {
  const std::string match = ToMatch(query.terms);
  Conditions all = ConditionsOf(query, match);
  const std::string from = " FROM words JOIN docs ON docs.id = words.rowid WHERE " + all.sql;
  Answer answer;
  const auto count = [&](const std::string& where) -> absl::StatusOr<uint64_t> {
    VB_ASSIGN_OR_RETURN(sqlite::Statement counted, database_.Prepare("SELECT count(*)" + where));
    BindAll(all, counted);
    VB_RETURN_IF_ERROR(counted.Next().status());
    return static_cast<uint64_t>(counted.Number(0));
  };
  if (!query.from_day.empty() || !query.to_day.empty()) {
    VB_ASSIGN_OR_RETURN(answer.undated, count(from + " AND day = ''"));
  }
  const std::string days = DaysOf(query, all);
  const std::string ranked = absl::StrCat(
      "SELECT docs.id AS id, kind, article, annotation, revision, line, day, outlet, speaker, "
      "docs.title AS title, ",
      kRank, " AS score", from, days,
      query.limit > 0 ? absl::StrCat(" ORDER BY words.rowid DESC LIMIT ", kRankedMax + 1) : "");
  VB_ASSIGN_OR_RETURN(
      sqlite::Statement found,
      database_.Prepare(absl::StrCat(
          "SELECT *, count(*) OVER () FROM (", ranked, ") ORDER BY score, day DESC, id",
          query.limit > 0 ? absl::StrCat(" LIMIT ", query.limit) : std::string())));
  BindAll(all, found);
  VB_ASSIGN_OR_RETURN(bool more, found.Next());
  while (more) {
    Hit hit;
    hit.kind = static_cast<Kind>(found.Number(1));
    hit.article = base::FromHex(found.Text(2)).value_or("");
    hit.annotation = base::FromHex(found.Text(3)).value_or("");
    hit.revision = static_cast<uint32_t>(found.Number(4));
    hit.day = found.Text(6);
    hit.outlet = found.Text(7);
    hit.speaker = found.Text(8);
    hit.title = found.Text(9);
    hit.score = -found.Real(10);
    answer.matched = static_cast<uint64_t>(found.Number(11));
    VB_ASSIGN_OR_RETURN(hit.lines,
                        Lines(found.Number(0), match, static_cast<uint32_t>(found.Number(5))));
    answer.hits.push_back(std::move(hit));
    VB_ASSIGN_OR_RETURN(more, found.Next());
  }
  answer.newest_only = query.limit > 0 && answer.matched > kRankedMax;
  return answer;
}

absl::StatusOr<std::vector<Hit::Line>> Index::Lines(int64_t document, const std::string& match,
                                                    uint32_t first_line) {
  VB_ASSIGN_OR_RETURN(sqlite::Statement marked,
                      database_.Prepare("SELECT highlight(words, 0, char(1), char(2)), "
                                        "highlight(words, 1, char(1), char(2)) FROM words "
                                        "WHERE words MATCH ?1 AND rowid = ?2"));
  marked.Bind(1, std::string_view(match)).Bind(2, document);
  VB_ASSIGN_OR_RETURN(const bool there, marked.Next());
  if (!there) return std::vector<Hit::Line>();
  std::vector<Hit::Line> lines = MarkedLines(marked.Text(1), first_line);
  if (lines.empty()) lines.push_back(LineOf(marked.Text(0), 0));
  return lines;
}

}  // namespace verbatim::search
