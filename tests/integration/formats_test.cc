// SPDX-License-Identifier: Apache-2.0
// The formats for other programs, read back by independent means and compared with what the archive
// itself says.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <map>
#include <regex>
#include <sstream>

#include "tests/integration/fixture.h"
#include "verbatim/text/utf8.h"

namespace verbatim::testing {
namespace {
namespace fs = std::filesystem;

using ::testing::HasSubstr;

std::string Unescaped(std::string text) {
  const std::pair<const char*, const char*> entities[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#13;", "\r"}, {"&amp;", "&"}};
  for (const auto& [entity, plain] : entities) {
    for (size_t at = text.find(entity); at != std::string::npos; at = text.find(entity, at + 1)) {
      text.replace(at, std::string(entity).size(), plain);
    }
  }
  return text;
}

// What stands in <TEXT>: the text, and a line for each TIMEX3: "12 20 DATE 2021-10-20".
struct Timeml {
  std::string text;
  std::vector<std::string> expressions;
};

Timeml ReadTimeml(const std::string& xml) {
  Timeml read;
  const size_t begin = xml.find("<TEXT>") + 6;
  const std::string body = xml.substr(begin, xml.rfind("</TEXT>") - begin);
  static const std::regex kTag("<(/?)TIMEX3([^>]*)>");
  static const std::regex kValue(" (type|value)=\"([^\"]*)\"");
  size_t at = 0;
  std::string open;
  for (std::sregex_iterator tag(body.begin(), body.end(), kTag), end; tag != end; ++tag) {
    read.text += Unescaped(body.substr(at, static_cast<size_t>(tag->position()) - at));
    at = static_cast<size_t>(tag->position() + tag->length());
    const uint32_t chars = text::CountChars(read.text);
    if ((*tag)[1].length() > 0) {
      const size_t blank = open.find(' ');
      read.expressions.push_back(open.substr(0, blank) + " " + std::to_string(chars) +
                                 open.substr(blank));
      continue;
    }
    open = std::to_string(chars);
    const std::string attributes = (*tag)[2];
    for (std::sregex_iterator it(attributes.begin(), attributes.end(), kValue), none; it != none;
         ++it) {
      open += " " + Unescaped((*it)[2]);
    }
  }
  read.text += Unescaped(body.substr(at));
  return read;
}

// The same lines of `verbatim plugin try dates --format jsonl`, by file.
std::map<std::string, std::vector<std::string>> Tried(const std::string& jsonl) {
  std::map<std::string, std::vector<std::string>> tried;
  std::istringstream lines(jsonl);
  for (std::string line; std::getline(lines, line);) {
    const Json row = Json::parse(line);
    if (row.at("type") != "verbatim.v1.TemporalExpression") continue;
    std::ostringstream said;
    said << row.at("spans").front().at("begin_char") << " " << row.at("spans").back().at("end_char")
         << " " << row.at("body").at("type").get<std::string>() << " "
         << row.at("body").value("value", "");
    tried[row.at("file")].push_back(said.str());
  }
  return tried;
}

class Formats : public ArchiveTest {
 protected:
  void Ingested() { ASSERT_EQ(IngestSamples().exit, 0); }
  fs::path Exported(std::vector<std::string> arguments) {
    const fs::path place = folder_ / ("out" + std::to_string(++places_));
    arguments.insert(arguments.begin(), {"export", "--as"});
    arguments.insert(arguments.end(), {"--out", place.string()});
    const Finished finished = Verbatim(arguments);
    EXPECT_EQ(finished.exit, 0) << finished.err;
    return place;
  }
  // Texts as printed, by the name of the file that they came from.
  std::string TextOf(const std::string& article) const {
    return Verbatim({"article", article, "--text"}).out;
  }
  int places_ = 0;
};

TEST_F(Formats, EveryWebAnnotationSelectsItsWordsInItsText) {
  Ingested();
  const std::string quotation = Quotation("Our offer");
  ASSERT_EQ(Verbatim({"confirm", quotation, "--as", "ana"}).exit, 0);
  const Json page = Json::parse(ReadAll(Exported({"webannotation"})));
  EXPECT_EQ(page.at("type"), "AnnotationPage");
  std::map<std::string, std::string> texts;
  size_t confirmed = 0;
  for (const Json& item : page.at("items")) {
    const std::string article = item.at("article");
    if (texts[article].empty()) texts[article] = TextOf(article);
    const std::string& text = texts[article];
    const text::CharMap chars(text);
    for (const Json& target : item.at("target")) {
      const Json& quote = target.at("selector").at(0);
      const Json& position = target.at("selector").at(1);
      const uint32_t begin = chars.ByteOf(position.at("start"));
      const uint32_t end = chars.ByteOf(position.at("end"));
      EXPECT_EQ(text.substr(begin, end - begin), quote.at("exact"));
      EXPECT_THAT(text, HasSubstr(quote.value("prefix", "") + quote.at("exact").get<std::string>() +
                                  quote.value("suffix", "")));
    }
    if (item.at("status") != "CONFIRMED") continue;
    ++confirmed;
    EXPECT_THAT(item.at("id").get<std::string>(), HasSubstr(quotation));
    EXPECT_EQ(item.at("creator").at(0).at("type"), "Software");
    EXPECT_EQ(item.at("creator").at(1), Json({{"type", "Person"}, {"name", "ana"}}));
  }
  EXPECT_EQ(confirmed, 1u);
  EXPECT_GT(page.at("items").size(), 50u);
}

TEST_F(Formats, BratSaysTheWordsOfEveryFragment) {
  const std::string name = Write("ferry.txt",
                                 "The ferry  \xE2\x80\x9Cruns\nagain\xE2\x80\x9D from May 4, 2021, "
                                 "said Ida Brandt, the harbour master.\n");
  ASSERT_EQ(Verbatim({"ingest", name}).exit, 0);
  ASSERT_EQ(Verbatim({"add", "ferry.txt", "quote", "--chars", "12..22", "speaker=Ida Brandt"}).exit,
            0);
  const fs::path folder = Exported({"brat"});
  const std::string text = ReadAll(folder / "ferry.txt");
  EXPECT_EQ(text, TextOf("ferry.txt"));
  const text::CharMap chars(text);
  std::istringstream lines(ReadAll(folder / "ferry.ann"));
  bool over_lines = false;
  for (std::string line; std::getline(lines, line);) {
    if (line[0] != 'T') continue;
    const size_t first = line.find('\t');
    const size_t second = line.find('\t', first + 1);
    std::string places = line.substr(line.find(' ', first) + 1, second);
    std::string words;
    static const std::regex kPlace("(\\d+) (\\d+)(;?)");
    for (std::sregex_iterator it(places.begin(), places.end(), kPlace), end; it != end; ++it) {
      const uint32_t begin = chars.ByteOf(static_cast<uint32_t>(std::stoul((*it)[1])));
      const uint32_t stop = chars.ByteOf(static_cast<uint32_t>(std::stoul((*it)[2])));
      words += (words.empty() ? "" : " ") + text.substr(begin, stop - begin);
      over_lines = over_lines || (*it)[3].length() > 0;
      if ((*it)[3].length() == 0) break;
    }
    EXPECT_EQ(words, line.substr(second + 1));
  }
  EXPECT_TRUE(over_lines) << ReadAll(folder / "ferry.ann");
  EXPECT_THAT(ReadAll(folder / "annotation.conf"), HasSubstr("Status\tArg:<ENTITY>, Value:"));
}

TEST_F(Formats, TimemlHoldsTheTextAndWhatTheAnnotatorSaid) {
  const std::string odd =
      Write("odd.txt", "Rain & <snow> fell on Friday, said \"A\", until 4 May 2021.\n");
  ASSERT_EQ(Verbatim({"ingest", "--published", "2021-05-10", odd}).exit, 0);
  const std::string xml = ReadAll(Exported({"timeml"}) / "odd.tml");
  EXPECT_THAT(xml, HasSubstr("<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"2021-05-10\""));
  const Timeml read = ReadTimeml(xml);
  EXPECT_EQ(read.text, TextOf("odd.txt"));
  const Finished tried =
      Verbatim({"plugin", "try", "dates", odd, "--published", "2021-05-10", "--format", "jsonl"});
  EXPECT_EQ(read.expressions, Tried(tried.out)["odd.txt"]);
  EXPECT_EQ(read.expressions.size(), 2u);
}

// The scores are those of `plugin try`, because the rows are.
TEST_F(Formats, TimemlOfTheDevelopmentDataIsWhatPluginTrySays) {
  if (SharedFolder().empty()) GTEST_SKIP() << "the development data are not beside this project";
  const fs::path set = SharedFolder() / "eval/dates/dev/timebank";
  std::vector<std::string> files;
  std::string days;
  std::istringstream docs(ReadAll(set / "docs.jsonl"));
  for (std::string line; std::getline(docs, line);) {
    const Json doc = Json::parse(line);
    const std::string name = doc.at("doc").get<std::string>() + ".txt";
    files.push_back((set / "raw" / name).string());
    days += name + "\t" + doc.at("dct").get<std::string>().substr(0, 10) + "\n";
  }
  const std::string table = Write("days.tsv", days);
  std::vector<std::string> ingest = {"ingest", "--published-from", table};
  ingest.insert(ingest.end(), files.begin(), files.end());
  ASSERT_EQ(Verbatim(ingest).exit, 0);
  std::vector<std::string> attempt = {"plugin", "try",      "dates", "--published-from",
                                      table,    "--format", "jsonl"};
  attempt.insert(attempt.end(), files.begin(), files.end());
  auto tried = Tried(Verbatim(attempt).out);
  const fs::path folder = Exported({"timeml"});
  size_t compared = 0;
  for (const std::string& file : files) {
    const fs::path name = fs::path(file).filename();
    const Timeml read = ReadTimeml(ReadAll(folder / (name.stem().string() + ".tml")));
    EXPECT_EQ(read.text, ReadAll(file)) << name;
    EXPECT_EQ(read.expressions, tried[name.string()]) << name;
    compared += read.expressions.size();
  }
  EXPECT_GT(compared, 1000u);
}

TEST_F(Formats, CsvIsWhatTheVerbsPrint) {
  Ingested();
  const uint64_t before = Head();
  ASSERT_EQ(Verbatim({"reject", Quotation("Our offer")}).exit, 0);
  for (const std::string& as_of : {std::to_string(before), std::to_string(Head())}) {
    const fs::path folder = Exported({"csv", "--as-of", as_of});
    for (const char* view : {"quotes", "timeline", "statements", "speakers"}) {
      EXPECT_EQ(ReadAll(folder / (std::string(view) + ".csv")),
                Verbatim({"view", view, "--as-of", as_of, "--format", "csv"}).out)
          << view;
    }
  }
  EXPECT_EQ(ReadAll(Exported({"csv"}) / "articles.csv"),
            Verbatim({"articles", "--format", "csv"}).out);
}

TEST_F(Formats, SqliteHasEveryRowOfEveryView) {
  Ingested();
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(Exported({"sqlite"}).c_str(), &database), SQLITE_OK);
  const auto ask = [&](const std::string& sql) {
    std::string lines;
    EXPECT_EQ(sqlite3_exec(
                  database, sql.c_str(),
                  [](void* out, int columns, char** values, char**) {
                    for (int i = 0; i < columns; ++i) {
                      *static_cast<std::string*>(out) +=
                          (i > 0 ? " | " : "") + std::string(values[i] == nullptr ? "" : values[i]);
                    }
                    *static_cast<std::string*>(out) += "\n";
                    return 0;
                  },
                  &lines, nullptr),
              SQLITE_OK)
        << sqlite3_errmsg(database);
    return lines;
  };
  EXPECT_EQ(ask("SELECT key, speaker, kind, text FROM quotes ORDER BY key"),
            Lines({"view", "quotes"}, {"key", "speaker", "kind", "text"}));
  EXPECT_EQ(ask("SELECT key, date, sentence FROM timeline ORDER BY key"),
            Lines({"view", "timeline"}, {"key", "date", "sentence"}));
  EXPECT_EQ(ask("SELECT count(*) FROM annotations a JOIN articles t USING (article) WHERE "
                "substr(t.text, a.begin_char + 1, a.end_char - a.begin_char) != a.text AND "
                "json_array_length(a.spans) = 1"),
            "0\n");
  EXPECT_EQ(ask("SELECT root FROM archive"), Lines({"verify"}, {"root"}));
  EXPECT_EQ(ask("PRAGMA integrity_check"), "ok\n");
  sqlite3_close(database);
}

TEST_F(Formats, AnArticleAloneAndWhatWasRejected) {
  Ingested();
  ASSERT_EQ(Verbatim({"reject", Quotation("Our offer")}).exit, 0);
  const Json some = Json::parse(ReadAll(Exported({"webannotation"})));
  const Json all = Json::parse(ReadAll(Exported({"webannotation", "--all"})));
  EXPECT_EQ(all.at("items").size(), some.at("items").size() + 1);
  const fs::path one = Exported({"brat", "--article", "2019-09-27-kerrin-gas.txt"});
  EXPECT_TRUE(fs::exists(one / "2019-09-27-kerrin-gas.ann"));
  EXPECT_EQ(std::distance(fs::directory_iterator(one), fs::directory_iterator()), 3);
}

TEST_F(Formats, MessagesNameTheWayOut) {
  Ingested();
  EXPECT_THAT(Verbatim({"export", "--as", "xml"}).err, HasSubstr("jsonl, webannotation, brat"));
  EXPECT_THAT(Verbatim({"export", "--as", "brat"}).err, HasSubstr("--out"));
  const fs::path full = folder_ / "archive";
  EXPECT_EQ(Verbatim({"export", "--as", "brat", full.string()}).exit, 2);
}

}  // namespace
}  // namespace verbatim::testing
