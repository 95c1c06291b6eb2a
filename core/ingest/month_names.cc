// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/month_names.h"

#include <algorithm>
#include <array>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "verbatim/text/fold.h"

namespace verbatim::ingest {
namespace {

using Names = absl::flat_hash_map<std::string, int>;

// By month: names and short forms, in the case that stands beside a day.
constexpr std::array<std::string_view, 12> kMonths = {
    "jan january januar janvier enero gennaio janeiro januari stycznia ocak ene gen janv января "
    "янв ledna januarie tammikuuta tammikuu jänner janner ianuarie januara січня януари يناير "
    "gener jaanuar sausio siječnja ιανουαρίου ינואר בינואר janvāris janvārī",
    "feb february februar fevrier febrero febbraio fevereiro februari lutego subat fev fevr "
    "февраля фев unora februarie helmikuuta helmikuu februara лютого февруари فبراير febrer "
    "veebruar vasario veljače φεβρουαρίου פברואר בפברואר febr",
    "mar march marz maerz mars marzo marco maart marca mart mrz mär марта мар brezna mrt martie "
    "marcius márc maaliskuuta maaliskuu березня март مارس marts maret mac març märts kovo ožujka "
    "μαρτίου מרץ במרץ martā março",
    "apr april avril abril aprile kwietnia nisan avr abr апреля апр dubna aprilie aprilis "
    "huhtikuuta huhtikuu aprila квітня април أبريل ابريل إبريل aprill balandžio travnja απριλίου "
    "אפריל באפריל apríl aprīlī",
    "may mai mayo maggio maio mei maja mayis maj мая май kvetna mag majus toukokuuta toukokuu "
    "травня مايو maig gegužės svibnja μαΐου מאי במאי maí maijā",
    "jun june juni juin junio giugno junho czerwca haziran giu июня июн cervna iunie junius "
    "kesakuuta kesäkuu juna червня юни يونيو يونيه juny juuni birželio lipnja ιουνίου יוני ביוני "
    "júní jūnijā",
    "jul july juli juillet julio luglio julho lipca temmuz juil lug июля июл cervence iulie julius "
    "heinakuuta heinäkuu jula липня юли يوليو يوليه julai juliol juuli liepos srpnja ιουλίου יולי "
    "ביולי júlí jūlijā",
    "aug august aout agosto augustus augusti sierpnia agustos ago августа авг srpna augusztus "
    "elokuuta elokuu augusta agustus серпня август أغسطس اغسطس ogos agost rugpjūčio kolovoza "
    "αυγούστου אוגוסט באוגוסט ágúst augustā",
    "sep sept september septembre septiembre settembre setembro wrzesnia eylul set сентября сен "
    "zari septembrie szeptember syyskuuta syyskuu septembra вересня септември سبتمبر setembre "
    "rugsėjo rujna σεπτεμβρίου ספטמבר בספטמבר septembrī",
    "oct october oktober octobre octubre ottobre outubro pazdziernika ekim okt ott out октября окт "
    "rijna octombrie lokakuuta lokakuu oktobra жовтня октомври أكتوبر اكتوبر oktoober spalio "
    "οκτωβρίου אוקטובר באוקטובר október oktobrī",
    "nov november novembre noviembre novembro listopada kasim ноября ноя listopadu noiembrie "
    "marraskuuta marraskuu novembra листопада ноември نوفمبر lapkričio studenoga νοεμβρίου נובמבר "
    "בנובמבר nóvember novembrī",
    "dec december dezember decembre diciembre dicembre dezembro grudnia aralik dez dic декабря дек "
    "prosince des decembrie joulukuuta joulukuu desember decembra грудня декември ديسمبر disember "
    "desembre detsember gruodžio prosinca δεκεμβρίου דצמבר בדצמבר decembrī"};

Names ReadMonths() {
  Names names;
  for (size_t month = 0; month < kMonths.size(); ++month) {
    std::string_view rest = kMonths[month];
    while (!rest.empty()) {
      const size_t end = std::min(rest.find(' '), rest.size());
      names.emplace(text::Fold(rest.substr(0, end)), static_cast<int>(month) + 1);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return names;
}

struct Zone {
  std::string_view name;
  int minutes;
};

constexpr std::array<Zone, 33> kZones = {
    {{"z", 0},      {"gmt", 0},    {"utc", 0},    {"ut", 0},     {"wet", 0},    {"west", 60},
     {"bst", 60},   {"cet", 60},   {"mez", 60},   {"cest", 120}, {"mesz", 120}, {"eet", 120},
     {"eest", 180}, {"msk", 180},  {"trt", 180},  {"sast", 120}, {"wat", 60},   {"eat", 180},
     {"pkt", 300},  {"wib", 420},  {"sgt", 480},  {"hkt", 480},  {"jst", 540},  {"kst", 540},
     {"aest", 600}, {"aedt", 660}, {"nzst", 720}, {"nzdt", 780}, {"est", -300}, {"edt", -240},
     {"pst", -480}, {"pdt", -420}, {"mdt", -360}}};

}  // namespace

int MonthOfFolded(std::string_view word) {
  static const Names& names = *new Names(ReadMonths());
  const auto known = names.find(absl::string_view(word.data(), word.size()));
  return known == names.end() ? 0 : known->second;
}

bool IsMonthName(std::string_view word) { return MonthOfFolded(text::Fold(word)) > 0; }

std::optional<int> ZoneMinutes(std::string_view word) {
  for (const Zone& zone : kZones) {
    if (zone.name == word) return zone.minutes;
  }
  return std::nullopt;
}

}  // namespace verbatim::ingest
