// SPDX-License-Identifier: Apache-2.0
#include "core/sqlite/relevance.h"

#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

namespace verbatim::sqlite {
namespace {

// Okapi BM25's usual constants, and FTS5's floor for words that stand nearly everywhere.
constexpr double kSaturation = 1.2;
constexpr double kLengthPart = 0.75;
constexpr double kWeightMin = 1e-6;

// What holds for a whole question.
struct Question {
  double mean_tokens = 1;       // of a row
  std::vector<double> weights;  // of its phrases: the rarer, the heavier
  std::vector<double> counts;   // of a row: used again
};

struct Count {
  int64_t rows = 0;
  int64_t last_row = 0;
};

int CountRow(const Fts5ExtensionApi* api, Fts5Context* row, void* into) {
  auto* const count = static_cast<Count*>(into);
  count->last_row = api->xRowid(row);
  return ++count->rows < kCountedRows ? SQLITE_OK : SQLITE_DONE;
}

// Rows that have the phrase, of `all`.
int RowsWith(const Fts5ExtensionApi* api, Fts5Context* context, int phrase, int64_t all,
             double* rows) {
  Count count;
  const int code = api->xQueryPhrase(context, phrase, &count, &CountRow);
  *rows = static_cast<double>(count.rows);
  if (count.rows >= kCountedRows && count.last_row > 0) {
    const double part = static_cast<double>(all) / static_cast<double>(count.last_row);
    *rows = std::min(static_cast<double>(all), *rows * std::max(1.0, part));
  }
  return code;
}

int Ask(const Fts5ExtensionApi* api, Fts5Context* context, Question& question) {
  sqlite3_int64 rows = 0;
  sqlite3_int64 tokens = 0;
  int code = api->xRowCount(context, &rows);
  if (code == SQLITE_OK) code = api->xColumnTotalSize(context, -1, &tokens);
  if (rows > 0) question.mean_tokens = static_cast<double>(tokens) / static_cast<double>(rows);
  const int phrases = api->xPhraseCount(context);
  for (int phrase = 0; phrase < phrases && code == SQLITE_OK; ++phrase) {
    double with = 0;
    code = RowsWith(api, context, phrase, rows, &with);
    const double weight = std::log((static_cast<double>(rows) - with + 0.5) / (with + 0.5));
    question.weights.push_back(std::max(weight, kWeightMin));
  }
  return code;
}

void Forget(void* question) { delete static_cast<Question*>(question); }

// FTS5 keeps what belongs to a question as long as its statement runs.
int QuestionOf(const Fts5ExtensionApi* api, Fts5Context* context, Question** question) {
  *question = static_cast<Question*>(api->xGetAuxdata(context, 0));
  if (*question != nullptr) return SQLITE_OK;
  auto made = std::make_unique<Question>();
  if (const int code = Ask(api, context, *made); code != SQLITE_OK) return code;
  *question = made.get();
  return api->xSetAuxdata(context, made.release(), &Forget);
}

int Score(const Fts5ExtensionApi* api, Fts5Context* context, int values, sqlite3_value** value,
          double* score) {
  Question* question = nullptr;
  int code = QuestionOf(api, context, &question);
  if (code != SQLITE_OK) return code;
  question->counts.assign(question->weights.size(), 0);
  int places = 0;
  code = api->xInstCount(context, &places);
  for (int i = 0; i < places && code == SQLITE_OK; ++i) {
    int phrase = 0;
    int column = 0;
    int token = 0;
    code = api->xInst(context, i, &phrase, &column, &token);
    if (code != SQLITE_OK) break;
    question->counts[static_cast<size_t>(phrase)] +=
        column < values ? sqlite3_value_double(value[column]) : 1.0;
  }
  int tokens = 0;
  if (code == SQLITE_OK) code = api->xColumnSize(context, -1, &tokens);
  const double length = kSaturation * (1 - kLengthPart +
                                       kLengthPart * static_cast<double>(tokens) /
                                           std::max(question->mean_tokens, 1.0));
  *score = 0;
  for (size_t phrase = 0; phrase < question->weights.size(); ++phrase) {
    const double count = question->counts[phrase];
    *score -= question->weights[phrase] * count * (kSaturation + 1) / (count + length);
  }
  return code;
}

void Relevance(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* answer,
               int values, sqlite3_value** value) {
  double score = 0;
  const int code = Score(api, context, values, value, &score);
  if (code == SQLITE_OK) {
    sqlite3_result_double(answer, score);
  } else {
    sqlite3_result_error_code(answer, code);
  }
}

}  // namespace

absl::Status AddRelevance(Database& database) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database.handle(), "SELECT fts5(?1)", -1, &statement, nullptr) ==
      SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  if (api == nullptr ||
      api->xCreateFunction(api, "relevance", nullptr, &Relevance, nullptr) != SQLITE_OK) {
    return absl::InternalError("sqlite: this build of SQLite has no FTS5");
  }
  return absl::OkStatus();
}

}  // namespace verbatim::sqlite
