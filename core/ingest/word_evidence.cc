// SPDX-License-Identifier: Apache-2.0
#include "core/ingest/word_evidence.h"

#include <bit>
#include <limits>

namespace verbatim::ingest {
namespace {

// A family a line, in small letters.
constexpr std::array<std::string_view, kWordFamilies> kWords = {
    // the reader
    "you your yours you're you'll yourself vous votre vos du dich dir dein deine ihr "
    "ihre ihnen euch te ti tu tus usted ustedes você vocês seu sua je jouw jullie uw din ditt dig "
    "dina sinun twój twoje wy wasze siz sizin",
    // the house
    "we our ours us we're we've we'll wir unser unsere unseren unserem unserer "
    "uns nous notre nos nosotros nuestro nuestra nuestros nuestras noi nostro nostra nostri nós "
    "nosso nossa nossos wij onze ons vårt vår våra oss vores my nasz nasze nas biz bizim",
    // subscribing
    "subscribe subscribed subscriber subscribers subscription subscriptions newsletter newsletters "
    "inbox signup sign unsubscribe mailing email e-mail emails register registered registration "
    "login account briefing bulletin alerts notifications abonnieren abonnement abonnenten abo "
    "anmelden abonnez abonnés inscrivez inscription suscríbete suscríbase suscripción "
    "suscriptores boletín boletines correo iscriviti iscriversi abbonati abbonamento assine "
    "assinante assinantes cadastre nieuwsbrief abonneer nyhetsbrev nyhedsbrev prenumerera abonner "
    "subskrybuj prenumerata abone bülten",
    // comments of readers
    "comment comments commenting commented commenters reply replies moderated moderation moderator "
    "username logged kommentar kommentare kommentieren commentaire commentaires comentario "
    "comentarios comentar commento commenti comentário comentários reacties reageren kommentarer "
    "kommentera komentarz komentarze yorum yorumlar",
    // other houses where to follow
    "facebook twitter instagram linkedin whatsapp telegram youtube tiktok pinterest snapchat "
    "reddit threads bluesky mastodon spotify podcast podcasts follow folgen suivez síguenos sigue "
    "síguelo seguici segui siga volg følg följ",
    // doing something on the page
    "click tap here link links download scroll visit website webpage www http https app apps hier "
    "klicken klicke ici cliquez clic aquí clique aqui clicca qui klik klikk klicka tutaj kliknij "
    "tıklayın javascript browser",
    // people of the house
    "reporter reporters editor editors writer author authors columnist correspondent contributor "
    "contributors contributing freelance freelancer journalist blogger producer bio "
    "redakteur redakteurin autor autorin autoren journaliste redactor redactora periodista "
    "giornalista redattore jornalista redator repórter redacteur journalisten",
    // rights
    "copyright rights reserved licensed license permission terms conditions privacy policy cookie "
    "cookies reproduced republished republish disclaimer affiliate affiliates commission "
    "sponsored sponsor advertisement advertisements advertising advertiser advert adverts "
    "trademark trademarks liability datenschutz rechte vorbehalten droits réservés derechos "
    "reservados diritti riservati direitos anzeige werbung publicité publicidad publicidade "
    "pubblicità reklam",
    // pictures
    "photo photos photograph photographs photographer photography pictured picture pictures image "
    "images getty shutterstock istock handout courtesy caption gallery slideshow video videos "
    "watch screenshot illustration infographic afp reuters foto fotos fotograf bild bilder imago "
    "dpa bildquelle quelle photographie crédit image crédits imagen imágenes imagem fotografía "
    "immagine immagini zdjęcie fot fotoğraf",
    // firms about themselves
    "headquartered headquarters founded provider providers leading nasdaq nyse subsidiary "
    "subsidiaries solutions worldwide innovative investors investor forward-looking portfolio "
    "employs customers clients media contact contacts press release tel phone fax inquiries "
    "enquiries unternehmen anbieter führender führende pressekontakt ansprechpartner gegründet "
    "leader entreprise empresa líder azienda",
    // buying
    "buy shop price prices sale sales deal deals free order shipping discount offer offers trial "
    "save coupon amazon cart checkout purchase available kaufen preis angebot kostenlos kostenlose "
    "acheter prix offre gratuit gratuite gratuitement comprar precio oferta gratis gratuito "
    "acquista prezzo offerta compre preço grátis kopen prijs köp pris",
    // helping the house
    "donate donation donations donating support supporters supporting membership member members "
    "contribute contribution contributions nonprofit non-profit spenden unterstützen spende "
    "soutenez soutenir don apoya dona sostieni apoie steun",
    // reading on
    "related read more also next previous latest story stories article articles topics topic tags "
    "trending popular recommended see full continue updated published mehr lesen auch artikel "
    "weiterlesen lire aussi suite plus leer más también artículo artículos leggi anche articolo "
    "articoli leia mais também matéria lees ook meer les også läs mer czytaj więcej haber devamı",
    // saying
    "said says say told tells saying added adds according announced stated asked explained noted "
    "reported confirmed claimed warned argued sagte sagt erklärte betonte laut teilte berichtet "
    "berichtete dit déclaré selon expliqué affirmé ajouté annoncé dijo dice según explicó añadió "
    "aseguró afirmó señaló disse secondo detto spiegato segundo afirmou explicou contou zei zegt "
    "volgens sade säger enligt sa ifølge siger powiedział według dodał dedi söyledi göre açıkladı",
    // small words of running text
    "the of and to in a is was for that on with as it at by from be are this has have had were an "
    "which who their his her they he she but not been its der die das und von den mit dem des ein "
    "eine auf im für ist nicht sich es als hat aus sie er dass wird le la les et des un une dans "
    "que qui pour est par sur au pas il elle ce del el los las y en por con una para se lo como su "
    "di il che e della per non sono gli alla dei o do da os as um uma na no em não foi de het een "
    "van dat zijn op te och att som det på är av og til er på ikke w i z na że nie jest się ve bir "
    "bu için ile da"};

// FNV-1a, as words are read.
constexpr uint32_t kHashBegin = 2166136261u;
constexpr uint32_t Hash(uint32_t hash, unsigned char byte) { return (hash ^ byte) * 16777619u; }

struct Slot {
  uint32_t hash = 0;
  uint16_t families = 0;  // a bit each
};

constexpr size_t kSlots = 4096;  // well over the number of words, a power of two

class Lexicon {
 public:
  Lexicon() {
    for (size_t family = 0; family < kWords.size(); ++family) {
      uint32_t hash = kHashBegin;
      for (const char c : kWords[family]) {
        if (c != ' ') {
          hash = Hash(hash, static_cast<unsigned char>(c));
          continue;
        }
        Add(hash, family);
        hash = kHashBegin;
      }
      Add(hash, family);
    }
  }

  uint32_t FamiliesOf(uint32_t hash) const {
    for (size_t i = hash % kSlots;; i = (i + 1) % kSlots) {
      if (slots_[i].families == 0 || slots_[i].hash == hash) return slots_[i].families;
    }
  }

 private:
  void Add(uint32_t hash, size_t family) {
    size_t i = hash % kSlots;
    while (slots_[i].families != 0 && slots_[i].hash != hash) i = (i + 1) % kSlots;
    slots_[i].hash = hash;
    slots_[i].families = static_cast<uint16_t>(slots_[i].families | 1u << family);
  }

  std::array<Slot, kSlots> slots_;
};

// What a byte is to a word: 0 a border, kMarked the first of several that must be looked at, else
// itself in small letters.
constexpr unsigned char kMarked = 1;

constexpr std::array<unsigned char, 256> kSmall = [] {
  std::array<unsigned char, 256> small{};
  for (size_t i = 'a'; i <= 'z'; ++i) small[i] = small[i - 32] = static_cast<unsigned char>(i);
  for (size_t i = 0x80; i < 256; ++i) small[i] = static_cast<unsigned char>(i);
  small[0xC2] = small[0xC3] = small[0xE2] = small['\''] = small['-'] = kMarked;
  return small;
}();

// Reads words from a text, byte by byte.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  // The hash of the next word; kHashBegin at the end.
  uint32_t Next() {
    uint32_t hash = kHashBegin;
    while (at_ < text_.size()) {
      const unsigned char small = kSmall[Byte(at_)];
      if (small > kMarked) {
        hash = Hash(hash, small);
        ++at_;
      } else if (small == 0 || !TakeMarked(hash)) {
        ++at_;
        if (hash != kHashBegin) break;
      }
    }
    return hash;
  }

 private:
  unsigned char Byte(size_t i) const {
    return i < text_.size() ? static_cast<unsigned char>(text_[i])
                            : static_cast<unsigned char>(' ');
  }

  // Adds what begins here to a word; false, on its last byte, where it is none of a word's.
  bool TakeMarked(uint32_t& hash) {
    const unsigned char byte = Byte(at_);
    const unsigned char next = Byte(at_ + 1);
    if (byte == '\'' || byte == '-') {
      // They belong to a word that goes on behind them.
      if (hash == kHashBegin || kSmall[next] <= kMarked) return false;
      hash = Hash(hash, byte);
      ++at_;
      return true;
    }
    // Dashes, curly and angle quotation marks.
    if (byte == 0xC2 || (byte == 0xE2 && next == 0x80)) {
      at_ += byte == 0xC2 ? 1 : 2;
      return false;
    }
    // Capitals of Latin-1.
    const bool capital = byte == 0xC3 && next >= 0x80 && next <= 0x9E && next != 0x97;
    hash = Hash(hash, byte);
    ++at_;
    if (capital) {
      hash = Hash(hash, static_cast<unsigned char>(next + 32));
      ++at_;
    }
    return true;
  }

  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

std::array<uint16_t, kWordFamilies> CountFamilies(std::string_view text) {
  static const Lexicon lexicon;
  std::array<uint16_t, kWordFamilies> counts = {};
  Reader reader(text);
  for (uint32_t hash = reader.Next(); hash != kHashBegin; hash = reader.Next()) {
    for (uint32_t families = lexicon.FamiliesOf(hash); families != 0; families &= families - 1) {
      uint16_t& count = counts[static_cast<size_t>(std::countr_zero(families))];
      if (count < std::numeric_limits<uint16_t>::max()) ++count;
    }
  }
  return counts;
}

}  // namespace verbatim::ingest
