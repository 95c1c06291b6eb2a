// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/foreign.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/ingest/charset.h"
#include "core/ingest/html_trim.h"

namespace verbatim::ingest {
namespace {

using std::string_view_literals::operator""sv;

struct Magic {
  std::string_view bytes;
  size_t at;
  std::string_view what;
};

constexpr Magic kMagics[] = {
    {"%PDF-"sv, 0, "a PDF document; give its text, for example with 'pdftotext FILE.pdf'"},
    {"PK\x03\x04"sv, 0,
     "a zip file (docx, odt, epub and wacz are such); unpack it, or convert the document to HTML "
     "or text, for example with 'pandoc -t html'"},
    {"{\\rtf"sv, 0, "an RTF document; convert it to HTML or text first"},
    {"\xD0\xCF\x11\xE0"sv, 0, "an old office document; convert it to HTML or text first"},
    {"\x1f\x8b\x08"sv, 0, "gzip within gzip; expand it once: 'gzip -dc FILE | verbatim ingest -'"},
    {"\x28\xB5\x2F\xFD"sv, 0, "packed by zstd; 'zstd -dc FILE | verbatim ingest -'"},
    {"BZh"sv, 0, "packed by bzip2; 'bzip2 -dc FILE | verbatim ingest -'"},
    {"\xFD"
     "7zXZ"sv,
     0, "packed by xz; 'xz -dc FILE | verbatim ingest -'"},
    {"7z\xBC\xAF"sv, 0, "a 7z file; unpack it first"},
    {"ustar"sv, 257, "a tar file; unpack it first, and give the folder"},
    {"\x89PNG"sv, 0, "a picture"},
    {"\xFF\xD8\xFF"sv, 0, "a picture"},
    {"GIF8"sv, 0, "a picture"},
    {"WEBP"sv, 8, "a picture"},
    {"SQLite format 3"sv, 0, "a database of SQLite; export its articles as lines of JSON"},
    {"PAR1"sv, 0, "a Parquet file; export its articles as lines of JSON"},
    {"\x7f"
     "ELF"sv,
     0, "a program"},
    {"filedesc://"sv, 0,
     "an ARC file, the forerunner of WARC; convert it first, for example with `warcio recompress "
     "FILE.arc.gz FILE.warc.gz`"},
};

absl::Status Unsupported(std::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("unsupported: this is ", std::string(what)));
}

// The fields above a mail or a saved page; some of them only machines write.
bool IsMail(std::string_view head) {
  const bool box = head.substr(0, 5) == "From ";
  if (box) head.remove_prefix(std::min(head.find('\n'), head.size() - 1) + 1);
  size_t fields = 0;
  size_t of_machines = 0;
  for (absl::string_view line : absl::StrSplit(absl::string_view(head.data(), head.size()), '\n')) {
    if (line.empty() || line == "\r") break;
    if (line[0] == ' ' || line[0] == '\t') continue;
    const std::string name = absl::AsciiStrToLower(line.substr(0, line.find(':')));
    if (name.size() == line.size() || name.find(' ') != std::string::npos) return false;
    for (const char* field : {"from", "to", "date", "subject", "reply-to"}) fields += name == field;
    for (const char* field : {"return-path", "received", "message-id", "mime-version",
                              "delivered-to", "content-type", "content-transfer-encoding"})
      of_machines += name == field;
  }
  constexpr size_t kFieldsMin = 3;
  return fields + of_machines >= kFieldsMin && (box || of_machines > 0);
}

// A table: a first line of names, several of which are those of an article's fields.
bool IsTable(std::string_view head) {
  const size_t end = head.find('\n');
  if (end == std::string_view::npos) return false;
  const std::string line = absl::AsciiStrToLower({head.data(), end});
  constexpr size_t kColumnsMin = 3;
  constexpr size_t kNameBytesMax = 40;
  for (const char parted : {',', '\t', ';'}) {
    const std::vector<std::string> names = absl::StrSplit(line, parted);
    if (names.size() < kColumnsMin) continue;
    size_t known = 0;
    bool all_short = true;
    for (std::string name : names) {
      name.erase(std::remove_if(name.begin(), name.end(),
                                [](unsigned char c) { return !absl::ascii_isalpha(c); }),
                 name.end());
      all_short &= name.size() <= kNameBytesMax;
      for (const std::string_view field :
           {"title", "headline", "url", "link", "text", "content", "body", "date", "published",
            "publishedat", "author", "authors", "source", "id", "summary", "description", "outlet",
            "language"})
        known += name == field;
    }
    if (all_short && known >= kColumnsMin) return true;
  }
  return false;
}

}  // namespace

std::string_view XmlRoot(std::string_view head) {
  head = WithoutByteOrderMark(head);
  size_t at = head.find_first_not_of(" \t\r\n");
  while (at != std::string_view::npos && at + 1 < head.size() && head[at] == '<') {
    if (absl::ascii_isalpha(static_cast<unsigned char>(head[at + 1]))) {
      const size_t end = std::min(head.find_first_of(" \t\r\n>/", at), head.size());
      const std::string_view name = head.substr(at + 1, end - at - 1);
      return name.substr(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1);
    }
    // A declaration, a comment, a document type with what stands in its brackets.
    const bool comment = head.substr(at, 4) == "<!--";
    size_t end = head.find(comment ? "-->" : ">", at);
    if (head.substr(at, 9) == "<!DOCTYPE" && head.substr(at, end - at).find('[') != head.npos)
      end = head.find("]>", at);
    if (end == std::string_view::npos) break;
    at = head.find('<', end);
  }
  return {};
}

absl::Status CheckForeign(std::string_view head) {
  for (const Magic& magic : kMagics) {
    if (head.size() > magic.at && head.substr(magic.at, magic.bytes.size()) == magic.bytes)
      return Unsupported(magic.what);
  }
  const bool wide =
      head.size() > 3 && (head.substr(0, 2) == "\xFF\xFE" || head.substr(0, 2) == "\xFE\xFF");
  if (wide && (head.substr(2, 2) == "{\0"sv || head.substr(2, 2) == "\0{"sv))
    return Unsupported("JSON in UTF-16; 'iconv -f utf-16 -t utf-8 FILE | verbatim ingest -'");
  head = WithoutByteOrderMark(head);
  head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  const std::string_view root = XmlRoot(head);
  if (root == "urlset" || root == "sitemapindex") {
    return Unsupported(
        "a sitemap: it lists addresses and holds no text; fetch the pages, for example with "
        "'wget --warc-file=crawl -i ADDRESSES', and give the crawl");
  }
  const bool declared = head.substr(0, 5) == "<?xml";
  if (declared && !root.empty() && root != "html" && root != "rss" && root != "feed" &&
      root != "RDF" && !LooksLikeHtml(head)) {
    return Unsupported(absl::StrCat("XML of another kind (its root is ", std::string(root),
                                    "); feeds and pages are read"));
  }
  if (IsMail(head)) {
    return Unsupported(
        "a mail, or a page saved as one; save its HTML or text part as a file of its own");
  }
  if (IsTable(head)) {
    return Unsupported(
        "a table; give each article as a line of JSON, or as a file, with the table as "
        "--metadata-from");
  }
  return absl::OkStatus();
}

}  // namespace verbatim::ingest
