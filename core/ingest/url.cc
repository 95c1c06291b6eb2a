// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/url.h"

#include <algorithm>
#include <array>
#include <boost/url.hpp>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace verbatim::ingest {
namespace {

// Parameters that say who sent the reader, never which page it is.
bool IsTracking(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kNames = {
      "fbclid", "gclid",  "dclid",  "gbraid", "wbraid", "msclkid",
      "igshid", "mc_cid", "mc_eid", "ocid",   "yclid",  "ref_src"};
  return absl::StartsWith(absl::string_view(name.data(), name.size()), "utm_") ||
         std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

// "?a=1&b=2", or "" when nothing stays.
std::string SortedQuery(const boost::urls::url_view& url) {
  std::vector<std::pair<std::string, std::string>> kept;
  for (const auto& parameter : url.encoded_params()) {
    const std::string_view key(parameter.key.data(), parameter.key.size());
    if (IsTracking(key)) continue;
    const std::string_view value(parameter.value.data(), parameter.value.size());
    kept.emplace_back(key, parameter.has_value ? absl::StrCat("=", std::string(value)) : "");
  }
  std::sort(kept.begin(), kept.end());
  std::string query;
  for (const auto& [key, value] : kept)
    absl::StrAppend(&query, query.empty() ? "?" : "&", key, value);
  return query == "?" ? "" : query;
}

// "//user@host:8080" of a URL: one user, a host without these marks or within brackets, a port of
// digits. Boost.URL 1.81 believes more than that, and then reads beyond the text.
bool HasPlainAuthority(std::string_view url) {
  const size_t begin = url.find("//");
  if (begin == std::string_view::npos || url.find_first_of("/?#") < begin) return true;
  std::string_view host = url.substr(begin + 2);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const size_t at = host.find('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
  const size_t colon = host.rfind(':');
  if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
    const std::string_view port = host.substr(colon + 1);
    if (port.find_first_not_of("0123456789") != std::string_view::npos) return false;
    host = host.substr(0, colon);
  }
  if (!host.empty() && host.front() == '[') {
    if (host.back() != ']') return false;
    host = host.substr(1, host.size() - 2);
    return host.find_first_of("[]@") == std::string_view::npos;
  }
  return host.find_first_of(":[]@") == std::string_view::npos;
}

// Without user and fragment, and with a path: what the parser's own changes of a URL make of an
// empty one cannot be trusted.
std::string Trimmed(std::string_view url) {
  url = url.substr(0, url.find('#'));
  const size_t begin = url.find("//");
  if (begin == std::string_view::npos) return std::string(url);
  const std::string_view rest = url.substr(begin + 2);
  std::string_view host = rest.substr(0, rest.find_first_of("/?"));
  const std::string_view path = rest.substr(host.size());
  if (const size_t at = host.find('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
  return absl::StrCat(std::string(url.substr(0, begin + 2)), std::string(host),
                      path.empty() || path[0] != '/' ? "/" : "", std::string(path));
}

// One pass of it. The error says only why.
absl::StatusOr<std::string> Normalised(std::string_view text) {
  const auto refused = [](const auto& why) { return absl::InvalidArgumentError(std::string(why)); };
  if (!HasPlainAuthority(text)) return refused("its host or port");
  const std::string trimmed = Trimmed(text);
  const auto parsed = boost::urls::parse_uri(trimmed);
  if (parsed.has_error()) return refused(parsed.error().message());
  boost::urls::url url(parsed.value());
  url.normalize();
  const bool plain = url.scheme() == "http";
  if (!plain && url.scheme() != "https") return refused("neither http nor https");
  const std::string host(url.encoded_host().data(), url.encoded_host().size());
  if (host.empty()) return refused("no host");
  const std::string port(url.port().data(), url.port().size());
  const std::string path(url.encoded_path().data(), url.encoded_path().size());
  return absl::StrCat(plain ? "http://" : "https://", host,
                      port.empty() || port == (plain ? "80" : "443") ? "" : ":" + port, path,
                      SortedQuery(url));
}

}  // namespace

absl::StatusOr<std::string> CanonicalUrl(std::string_view text) {
  absl::StatusOr<std::string> once = Normalised(text);
  if (once.ok()) {
    // What looks otherwise after a second pass was no URL that its parser understands.
    const absl::StatusOr<std::string> twice = Normalised(*once);
    if (twice.ok() && *twice == *once) return once;
    once = absl::InvalidArgumentError("it has no one spelling");
  }
  return absl::InvalidArgumentError(
      absl::StrCat("'", std::string(text), "' is no URL of a page: ", once.status().message(),
                   "; give one like https://news.example/2021/10/talks"));
}

std::string ResolveUrl(std::string_view base, std::string_view link) {
  if (!HasPlainAuthority(base) || !HasPlainAuthority(link)) return "";
  const auto reference = boost::urls::parse_uri_reference({link.data(), link.size()});
  if (reference.has_error()) return "";
  if (!reference->scheme().empty()) return std::string(link);
  const auto parsed = boost::urls::parse_uri({base.data(), base.size()});
  if (parsed.has_error()) return "";
  boost::urls::url resolved;
  if (boost::urls::resolve(*parsed, *reference, resolved).has_error()) return "";
  return std::string(resolved.buffer().data(), resolved.buffer().size());
}

std::string SiteOf(std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return "";
  const std::string_view rest = url.substr(scheme + 3);
  std::string host = absl::AsciiStrToLower(
      absl::string_view(rest.data(), std::min(rest.find_first_of("/?#:"), rest.size())));
  if (absl::StartsWith(host, "www.")) host.erase(0, 4);
  return host;
}

std::string SiteName(std::string_view named) {
  std::string site = SiteOf(named);
  return site.empty() ? std::string(named) : site;
}

bool IsSameSite(std::string_view a, std::string_view b) {
  // The last two labels, or three where the second last is one that countries hand out (co.uk).
  const auto registered = [](const std::string& host) {
    const std::vector<std::string> labels = absl::StrSplit(host, '.');
    const size_t n = labels.size();
    if (n < 3) return host;
    const bool handed_out = labels[n - 2].size() <= 3 && labels[n - 1].size() == 2;
    return absl::StrJoin(labels.end() - (handed_out ? 3 : 2), labels.end(), ".");
  };
  const std::string site = registered(SiteOf(a));
  return !site.empty() && site == registered(SiteOf(b));
}

bool LeadsToAuthor(std::string_view link) {
  static constexpr std::array<std::string_view, 31> kFolders = {
      "author",    "authors",    "autor",       "autoren",     "autores",      "autorin",
      "auteur",    "auteurs",    "autore",      "autori",      "by",           "profile",
      "profiles",  "profil",     "staff",       "contributor", "contributors", "writer",
      "writers",   "journalist", "journalists", "journaliste", "redaktion",    "reporter",
      "reporters", "columnist",  "columnists",  "blogger",     "skribent",     "byline",
      "team"};
  constexpr size_t kLinkBytesMax = 240;
  link = link.substr(0, std::min(kLinkBytesMax, link.find_first_of("?#")));
  for (size_t begin = 0; begin < link.size();) {
    const size_t end = link.find('/', begin);
    const absl::string_view part(link.data() + begin, std::min(end, link.size()) - begin);
    if (absl::StartsWithIgnoreCase(part, "author-")) return true;
    // Behind the folder stands who.
    if (end == std::string_view::npos || end + 1 >= link.size()) return false;
    const bool folder = std::any_of(kFolders.begin(), kFolders.end(), [&](std::string_view known) {
      return known.size() == part.size() &&
             absl::EqualsIgnoreCase(part, absl::string_view(known.data(), known.size()));
    });
    if (folder) return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace verbatim::ingest
