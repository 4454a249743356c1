#include "importers/table_words.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "crm/text/text.h"

namespace ties::importers {
namespace {

constexpr std::size_t words_bytes_max = 200;

template <class Meaning>
struct Entry {
  Meaning meaning{};
  std::string_view phrases{};  ///< parted by "|"
};

template <class Meaning>
struct Phrase {
  std::string text{};  ///< folded, between two blanks
  Meaning meaning{};
};

template <class Meaning>
std::vector<Phrase<Meaning>> phrases_of(const std::vector<Entry<Meaning>>& table) {
  std::vector<Phrase<Meaning>> phrases;
  for (const auto& entry : table) {
    for (std::string_view rest = entry.phrases; !rest.empty();) {
      const auto end = std::min(rest.find('|'), rest.size());
      phrases.push_back({" " + text::fold(rest.substr(0, end)) + " ", entry.meaning});
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return phrases;
}

/// The meaning of the phrase that the words are, else of the first phrase of the table that stands within them.
template <class Meaning>
std::optional<Meaning> meaning_in(const std::vector<Phrase<Meaning>>& phrases, std::string_view words, bool within) {
  const auto folded = " " + text::fold(text::clean_line(words, words_bytes_max)) + " ";
  for (const auto& phrase : phrases) {
    if (phrase.text == folded) return phrase.meaning;
  }
  if (!within) return std::nullopt;
  for (const auto& phrase : phrases) {
    if (folded.find(phrase.text) != std::string::npos) return phrase.meaning;
  }
  return std::nullopt;
}

StageMeaning ended(Outcome outcome) {
  return {std::nullopt, outcome};
}
StageMeaning at(StageKind kind) {
  return {kind, Outcome::open};
}

int number_in(std::string_view text) {
  const auto begin = std::find_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  int number = 0;
  const auto [end, error] = std::from_chars(text.data() + (begin - text.begin()), text.data() + text.size(), number);
  return error == std::errc() ? number : 0;
}

}  // namespace

std::optional<StageMeaning> stage_meant(std::string_view words) {
  // Ends before stages, and what is denied before what is said: the first phrase within a text wins.
  static const auto phrases = phrases_of<StageMeaning>({
      {{StageKind::lead, Outcome::withdrawn},
       "skip|skipped|no aplicar|not applying|do not apply|decided not to apply|not interested|nicht beworben|ignoré"},
      {at(StageKind::lead), "not applied|not yet applied|to apply|noch nicht beworben|pas encore postulé|no aplicado"},
      {{StageKind::offer, Outcome::declined},
       "offer declined|declined offer|offer rejected by me|turned down|declined|angebot abgelehnt|offre refusée|"
       "offre déclinée|oferta rechazada|oferta recusada|offerta rifiutata|aanbod afgewezen"},
      {{StageKind::offer, Outcome::accepted},
       "offer accepted|accepted|hired|closedwon|closed won|signed|joined|started|got the job|angenommen|eingestellt|"
       "zugesagt|acceptée|accepté|embauché|embauchée|aceptada|aceptado|contratado|contratada|aceita|aceito|accettata|"
       "accettato|assunto|assunta|aangenomen|geaccepteerd"},
      {ended(Outcome::rejected),
       "rejected|rejection|rejeted|closedlost|closed lost|not selected|not a fit|no longer under consideration|"
       "unsuccessful|turned me down|declined by company|denied|abgelehnt|absage|absage "
       "erhalten|abgesagt|refusé|refusée|"
       "rejeté|rejetée|rechazado|rechazada|no seleccionado|rejeitado|rejeitada|recusado|recusada|rifiutato|rifiutata|"
       "respinto|respinta|scartato|afgewezen|afwijzing"},
      {ended(Outcome::withdrawn),
       "withdrawn|withdrew|withdraw|discarded|i withdrew|cancelled|canceled|dropped|passed on|zurückgezogen|verworfen|"
       "retiré|retirée|abandonné|abandonnée|annulé|annulée|écarté|écartée|retirado|retirada|descartado|descartada|"
       "cancelado|cancelada|desistência|desisti|ritirato|ritirata|annullato|annullata|ingetrokken|teruggetrokken"},
      {ended(Outcome::ghosted),
       "ghosted|ghost|no response|no reply|no answer|never heard back|silence|keine antwort|keine rückmeldung|"
       "pas de réponse|sans réponse|sin respuesta|sem resposta|sem retorno|nessuna risposta|senza risposta|geen "
       "reactie|"
       "geen antwoord"},
      {ended(Outcome::expired),
       "expired|position filled|position closed|role closed|job closed|posting closed|on hold by company|filled|closed|"
       "abgelaufen|besetzt|geschlossen|expirée|expiré|pourvu|pourvue|clôturé|fermé|expirada|expirado|cerrada|cerrado|"
       "vencida|encerrada|encerrado|fechada|scaduta|scaduto|chiusa|chiuso|verlopen|vervuld|gesloten"},
      {at(StageKind::offer),
       "offer|offered|offer received|negotiation|negotiating|contract sent|contractsent|verbal offer|reference check|"
       "angebot|vertragsangebot|offre|offre reçue|oferta|propuesta|proposta|offerta|aanbod|aanbieding"},
      {at(StageKind::assessment),
       "assessment|take home|takehome|homework|coding challenge|coding test|code challenge|online assessment|oa|test|"
       "technical test|case study|quiz|aufgabe|testaufgabe|test technique|prueba técnica|prueba|teste técnico|teste|"
       "prova tecnica|prova|opdracht|toets"},
      {at(StageKind::screen),
       "screen|screening|phone screen|recruiter screen|phone call|recruiter call|intro call|first call|responded|"
       "response|replied|in contact|contacted|appointmentscheduled|appointment scheduled|hr interview|phone interview|"
       "telefoninterview|erstgespräch|rückmeldung|répondu|préqualification|entretien téléphonique|respondido|"
       "llamada inicial|respondeu|triagem|risposto|colloquio telefonico|telefonisch gesprek|gereageerd"},
      {at(StageKind::interview),
       "interview|interviewing|interviews|interviewed|onsite|on site|final round|final interview|technical interview|"
       "presentationscheduled|presentation scheduled|decisionmakerboughtin|decision maker bought in|panel|"
       "vorstellungsgespräch|gespräch|im gespräch|entretien|entretiens|entrevue|entrevista|entrevistas|en entrevista|"
       "em entrevista|colloquio|colloqui|gesprek|sollicitatiegesprek"},
      {at(StageKind::referral),
       "referral|referred|referral requested|asked for referral|empfehlung|empfohlen|recommandé|recomendado|indicado|"
       "segnalato|aanbevolen"},
      {at(StageKind::applied),
       "applied|application sent|application submitted|submitted|sent|in progress|in process|in review|under review|"
       "pending|waiting|awaiting response|followed up|follow up|active|beworben|bewerbung gesendet|gesendet|"
       "in bearbeitung|postulé|candidature envoyée|envoyée|envoyé|en cours|en "
       "attente|aplicado|aplicada|enviada|enviado|"
       "postulado|postulada|solicitado|en proceso|en curso|candidatei me|candidatado|em andamento|em análise|candidato|"
       "inviata|inviato|candidatura inviata|in corso|in attesa|gesolliciteerd|verstuurd|verzonden|in behandeling"},
      {at(StageKind::lead),
       "lead|wishlist|wish list|wishlisted|bookmarked|bookmark|saved|evaluated|interested|researching|research|idea|"
       "backlog|new|found|draft|considering|potential|target|todo|to do|prospect|qualifiedtobuy|qualified to buy|"
       "shortlist|shortlisted by me|monitor|hold|on hold|gemerkt|gespeichert|interessant|wunschliste|vorgemerkt|idee|"
       "neu|offen|à postuler|intéressant|favori|sauvegardé|évalué|évaluée|repérée|lista de deseos|guardado|guardada|"
       "evaluada|evaluado|condicional|por aplicar|pendiente de aplicar|interesado|salva|salvo|interessado|avaliada|"
       "lista de desejos|da valutare|salvato|salvata|interessante|lista dei "
       "desideri|opgeslagen|interessant|wensenlijst"},
  });
  return meaning_in(phrases, words, true);
}

std::optional<ApplicationSource> source_meant(std::string_view words) {
  static const auto phrases = phrases_of<ApplicationSource>({
      {ApplicationSource::referral,
       "referral|referred|employee referral|friend|former colleague|network|networking|empfehlung|bekannte|"
       "recommandation|cooptation|recomendación|referencia|indicação|segnalazione|aanbeveling"},
      {ApplicationSource::recruiter,
       "recruiter|headhunter|agency|recruiting agency|recruteur|reclutador|personalvermittler"},
      {ApplicationSource::inbound, "inbound|they contacted me|contacted by company|reached out to me"},
      {ApplicationSource::event,
       "event|conference|meetup|career fair|job fair|hackathon|messe|konferenz|salon|conférence"},
      {ApplicationSource::cold,
       "cold|cold application|direct|direct application|company website|company site|careers page|career page|website|"
       "initiativbewerbung|unternehmenswebsite|candidature spontanée|site de l'entreprise|página de la empresa|"
       "site da empresa|sito aziendale|open sollicitatie"},
  });
  return meaning_in(phrases, words, false);
}

std::optional<ApplicationPart> part_meant(std::string_view words) {
  static const auto phrases = phrases_of<ApplicationPart>({
      {ApplicationPart::hiring_manager, "hiring manager|manager|team lead"},
      {ApplicationPart::recruiter, "recruiter|hr|talent partner|sourcer"},
      {ApplicationPart::agency, "agency|headhunter"},
      {ApplicationPart::interviewer, "interviewer"},
      {ApplicationPart::referrer, "referrer|referral"},
      {ApplicationPart::insider, "peer|insider|employee|other|colleague"},
  });
  return meaning_in(phrases, words, false);
}

std::optional<ContributionKind> contribution_kind_meant(std::string_view words) {
  static const auto phrases = phrases_of<ContributionKind>({
      {ContributionKind::pull_request, "pull request|pullrequest|pr|merge request|mr|patch"},
      {ContributionKind::review, "review|code review"},
      {ContributionKind::issue, "issue|bug|bug report|ticket"},
      {ContributionKind::commits, "commits|commit"},
      {ContributionKind::release, "release"},
      {ContributionKind::talk, "talk|presentation|vortrag|conférence|charla|palestra|presentazione|praatje"},
      {ContributionKind::post, "post|blog post|article|blog|artikel|artículo|artigo|articolo"},
      {ContributionKind::video, "video|screencast"},
      {ContributionKind::paper, "paper|publication|preprint"},
      {ContributionKind::project, "project|projekt|projet|proyecto|projeto|progetto"},
  });
  return meaning_in(phrases, words, true);
}

std::optional<ContributionState> contribution_state_meant(std::string_view words) {
  static const auto phrases = phrases_of<ContributionState>({
      {ContributionState::merged, "merged|accepted|landed|fusionné|gemergt"},
      {ContributionState::closed, "closed|rejected|abandoned|declined|geschlossen|fermé|cerrado|fechado|chiuso"},
      {ContributionState::published, "published|released|given|held|veröffentlicht|publié|publicado|pubblicato"},
      {ContributionState::open, "open|opened|draft|in review|pending|offen|ouvert|abierto|aberto|aperto"},
  });
  return meaning_in(phrases, words, true);
}

std::optional<bool> yes_or_no_meant(std::string_view words) {
  static const auto phrases = phrases_of<bool>({
      {true, "yes|y|true|1|x|checked|done|ja|oui|sí|sim|sì"},
      {false, "no|n|false|0|unchecked|nein|non|não|nee"},
  });
  if (words == "✓" || words == "✔" || words == "✅" || words == "☑") return true;
  if (words == "❌" || words == "✗" || words == "☐") return false;
  return meaning_in(phrases, words, false);
}

std::optional<int> cadence_days_meant(std::string_view words) {
  constexpr int days_max = 3'650;
  struct Unit {
    int days{}, factor{};  ///< when it stands alone, and when a number stands before it
  };
  static const auto phrases = phrases_of<Unit>({
      {{14, 14}, "biweekly|fortnightly|every other week"},
      {{91, 91}, "quarterly|every quarter|quarter"},
      {{182, 182}, "half yearly|twice a year|semiannually"},
      {{7, 7}, "weekly|week|weeks|every week|wöchentlich|hebdomadaire|semanal|settimanale|wekelijks"},
      {{30, 30}, "monthly|month|months|every month|monatlich|mensuel|mensual|mensal|mensile|maandelijks"},
      {{365, 365}, "yearly|annually|year|years|every year|jährlich|annuel|anual|annuale|jaarlijks"},
      {{1, 1}, "daily|day|days|täglich"},
  });
  const int number = number_in(words.substr(0, words_bytes_max));
  const auto unit = meaning_in(phrases, words, true);
  if (!unit && (number == 0 || words.find_first_not_of("0123456789 ") != std::string_view::npos)) return std::nullopt;
  if (number < 0 || number > days_max) return std::nullopt;
  const int days = !unit ? number : number == 0 ? unit->days : number * unit->factor;
  return days > 0 && days <= days_max ? std::optional(days) : std::nullopt;
}

std::optional<int> priority_meant(std::string_view words) {
  static const auto phrases = phrases_of<int>({
      {3, "high|highest|top|urgent|p1|p0|a|hoch|haute|élevée|alta|hoog|dream|5|5 5|4|4 5"},
      {2, "medium|middle|mid|normal|moderate|p2|b|mittel|moyenne|media|média|gemiddeld|3|3 5"},
      {1, "low|lowest|p3|p4|c|niedrig|basse|faible|baja|baixa|bassa|laag|1|1 5|2|2 5"},
  });
  int stars = 0;
  for (auto at = words.find("★"); at != std::string_view::npos; at = words.find("★", at + 1)) ++stars;
  for (auto at = words.find("⭐"); at != std::string_view::npos; at = words.find("⭐", at + 1)) ++stars;
  if (stars > 0) return stars >= 4 ? 3 : stars == 3 ? 2 : 1;
  return meaning_in(phrases, words, false);
}

bool is_nothing(std::string_view cell) {
  constexpr std::array nothings{"N/A"sv, "n/a"sv,  "#N/A"sv, "-"sv,           "--"sv, "–"sv,
                                "—"sv,   "null"sv, "NULL"sv, "Unspecified"sv, "[]"sv};
  return cell.empty() || std::find(nothings.begin(), nothings.end(), cell) != nothings.end();
}

}  // namespace ties::importers
