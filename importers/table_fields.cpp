#include "importers/table_fields.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "crm/text/text.h"

namespace ties::importers {
namespace {

constexpr std::size_t header_bytes_max = 200;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::vector<std::string> words_of(std::string_view folded) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < folded.size();) {
    const auto end = std::min(folded.find(' ', at), folded.size());
    if (end > at) words.emplace_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// The letters of a folded text, and its first number.
struct Letters {
  std::string letters{}, number{};
};
Letters letters_of(std::string_view folded) {
  Letters result;
  bool counted = false;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const char c = folded[i];
    if (!is_digit(c)) {
      counted = counted || !result.number.empty();
      if (c != ' ') result.letters += c;
    } else if (!counted) {
      result.number += c;
    }
  }
  return result;
}

/// What stands outside of brackets.
std::string without_brackets(std::string_view text) {
  std::string kept;
  int depth = 0;
  for (const char c : text) {
    if (c == '(' || c == '[') ++depth;
    if (depth == 0) kept += c;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return kept;
}

using Index = std::unordered_map<std::string, const FieldWords*>;

const Index& index_of(TableOf of) {
  static const auto indices = [] {
    std::map<TableOf, Index> all;
    for (const auto& entry : field_words()) {
      for (std::string_view rest = entry.words; !rest.empty();) {
        const auto end = std::min(rest.find('|'), rest.size());
        all[entry.of].emplace(header_key(rest.substr(0, end)).letters, &entry);
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
    return all;
  }();
  static const Index none;
  const auto found = indices.find(of);
  return found == indices.end() ? none : found->second;
}

/// Insertions, removals, changes and swaps of neighbours between two short words; at most `most` are counted.
int slips_between(std::string_view a, std::string_view b, int most) {
  const auto longer = std::max(a.size(), b.size()), shorter = std::min(a.size(), b.size());
  if (longer - shorter > static_cast<std::size_t>(most)) return most + 1;
  std::vector<int> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last), std::swap(last, row);
  }
  return last[b.size()];
}

/// Words that add nothing to a header.
const std::set<std::string, std::less<>>& fillers() {
  static const std::set<std::string, std::less<>> words{
      "the",    "my",   "your",    "their",    "a",        "of",       "s",      "field", "value",
      "column", "main", "current", "required", "optional", "person",   "de",     "la",    "le",
      "der",    "die",  "das",     "des",      "du",       "el",       "del",    "do",    "da",
      "van",    "het",  "il",      "aktuelle", "actuel",   "actuelle", "actual", "atual", "huidige"};
  return words;
}

/// Words that are one letter away from a header and mean something else.
const std::set<std::string, std::less<>>& no_slips() {
  static const std::set<std::string, std::less<>> words{"anniversary", "contract", "contracts",
                                                        "county",      "lesson",   "private"};
  return words;
}

}  // namespace

const std::vector<FieldWords>& field_words() {
  using enum TableField;
  constexpr auto people = TableOf::contacts;
  constexpr auto jobs = TableOf::applications;
  constexpr auto works = TableOf::contributions;
  static const std::vector<FieldWords> table{
      {people, given, "", 4,
       "First name|Given name|Forename|First|Vorname|Rufname|Prénom|Nombre|Primer nombre|Nombre de pila|Nome|Primeiro "
       "nome|"
       "Nome próprio|Voornaam|Name First Name"},
      {people, middle, "", 2,
       "Middle name|Additional name|Zweiter Vorname|Weitere Vornamen|Deuxième prénom|Autre prénom|Segundo nombre|"
       "Nome do meio|Segundo nome|Secondo nome|Altro nome|Tweede naam|Middelste naam"},
      {people, family, "", 4,
       "Last name|Family name|Surname|Last|Nachname|Familienname|Zuname|Nom|Nom de "
       "famille|Apellidos|Apellido|Sobrenome|"
       "Último nome|Cognome|Achternaam|Familienaam|Name Last Name"},
      {people, display, "", 3,
       "Name|Full name|Display name|Contact name|Contact|Contact Full Name|Person|Who|File as|Anzeigename|"
       "Vollständiger Name|Kontakt|Kontaktname|Nom complet|Nom à afficher|Nom affiché|Nombre completo|"
       "Nombre para mostrar|Nome completo|Nome visualizzato|Nome para exibição|Nome de exibição|Weergavenaam|"
       "Volledige naam|Naam"},
      {people, nickname, "", 2, "Nickname|Nick|Short name|Spitzname|Surnom|Apodo|Apelido|Soprannome|Bijnaam|Roepnaam"},
      {people, suffix, "", 2,
       "Suffix|Name suffix|Credentials|Namenssuffix|Suffixe|Sufijo|Sufixo|Suffisso|Achtervoegsel"},
      {people, prefix, "", 1,
       "Prefix|Name "
       "prefix|Salutation|Honorific|Anrede|Namenspräfix|Civilité|Tratamiento|Tratamento|Aanhef|Voorvoegsel"},
      {people, headline, "", 1, "Headline|Tagline|Bio|About|Kurzbeschreibung"},
      {people, pronouns, "", 1, "Pronouns|Pronomen|Pronoms|Pronombres|Pronomes|Pronomi|Voornaamwoorden"},
      {people, location, "", 1,
       "Location|Based in|Lives "
       "in|Standort|Wohnort|Localisation|Lieu|Ubicación|Localização|Località|Locatie|Woonplaats"},
      {people, city, "", 1,
       "City|Town|Home city|Business city|Other city|Work city|Mailing city|Address City|Stadt|Ort|"
       "Ville|Ciudad|Cidade|Città|Stad|Plaats|Ort geschäftlich|Ort privat|Ville bureau|Ville domicile"},
      {people, region, "", 1,
       "State|Province|Region|State Region|State Province|Mailing State|Mailing State Province|Address Region|"
       "Bundesland|Région|Provincia|Estado|Provincie"},
      {people, country, "", 1,
       "Country|Country Region|Home country|Home Country Region|Business country|Business Country Region|Other country|"
       "Other Country Region|Mailing country|Address Country|Land|Pays|País|Paese|"
       "Land Region geschäftlich|Land Region privat"},
      {people, email, "", 2,
       "Email|E-mail address|Mail|Primary email|Email value|Emails|Secondary email|Additional emails|Other email|"
       "Emails Primary Email|Emails Additional Emails|E-Mail-Adresse|Mailadresse|Adresse e-mail|Adresse de messagerie|"
       "Courriel|Mél|Correo electrónico|Correo|Dirección de correo electrónico|Endereço de e-mail|Indirizzo e-mail|"
       "Posta elettronica|E-mailadres"},
      {people, email, "work", 2,
       "Work email|Business email|Company email|Office email|E-Mail geschäftlich|E-mail professionnel|"
       "Correo del trabajo|E-mail comercial|E-mail ufficio|Zakelijk e-mailadres"},
      {people, email, "home", 2,
       "Personal email|Home email|Private email|E-Mail privat|E-mail personnel|Correo personal|E-mail pessoal|"
       "E-mail personale|Privé e-mailadres"},
      {people, phone, "", 2,
       "Phone|Phone number|Telephone|Telephone number|Tel|Primary phone|Other phone|Phone value|Phones|"
       "Phones Primary Phone Number|Phones Additional Phones|Telefon|Telefonnummer|Rufnummer|Téléphone|"
       "Numéro de téléphone|Teléfono|Número de teléfono|Telefone|Telefono|Telefoon|Telefoonnummer|Weiteres Telefon"},
      {people, phone, "work", 2,
       "Business phone|Work phone|Office phone|Company main phone|Telefon geschäftlich|Telefon Firma|"
       "Tél. professionnel|Téléphone bureau|Tél. bureau|Teléfono del trabajo|Telefone comercial|Telefono ufficio|"
       "Ufficio|Telefoon op werk|Telefoon werk"},
      {people, phone, "home", 2,
       "Home phone|Telefon privat|Telefon (privat)|Tél. domicile|Téléphone domicile|Particulier|Teléfono particular|"
       "Telefone residencial|Abitazione|Telefono abitazione|Telefoon thuis"},
      {people, phone, "mobile", 2,
       "Mobile|Mobile phone|Mobile number|Cell|Cell phone|Cellphone|Mobiltelefon|Mobilnummer|Handy|Handynummer|"
       "Tél. mobile|Téléphone portable|Téléphone mobile|Portable|Móvil|Teléfono móvil|Celular|Telemóvel|Cellulare|"
       "Telefono mobile|Mobiele telefoon|Mobiel|GSM"},
      {people, linkedin_profile, "", 3,
       "LinkedIn|LinkedIn URL|LinkedIn profile|LinkedIn profile URL|LinkedIn link|LinkedIn Link URL|Profile URL|"
       "LinkedIn-Profil|Profil LinkedIn|Perfil de LinkedIn|Perfil do LinkedIn|Profilo LinkedIn|LinkedIn-profiel"},
      {people, github, "", 3, "GitHub|GitHub URL|GitHub profile|GitHub username|GitHub login|GitHub handle"},
      {people, gitlab, "", 3, "GitLab|GitLab URL|GitLab profile|GitLab username"},
      {people, website, "", 1,
       "Website|Web site|Website URL|Web page|Personal web page|Business web page|Homepage|Home page|Website value|URL|"
       "Link|Blog|Portfolio|Webseite|Internetseite|Site web|Page web|Page web personnelle|Página web|Sitio web|"
       "Página da web|Site|Pagina web|Sito web|Webpagina"},
      {people, handle, "twitter", 1, "Twitter|Twitter handle|X (Twitter)|Twitter username"},
      {people, handle, "mastodon", 1, "Mastodon|Fediverse"},
      {people, handle, "bluesky", 1, "Bluesky"},
      {people, handle, "signal", 1, "Signal"},
      {people, handle, "telegram", 1, "Telegram"},
      {people, handle, "skype", 1, "Skype"},
      {people, handle, "slack", 1, "Slack"},
      {people, handle, "discord", 1, "Discord"},
      {people, handle, "matrix", 1, "Matrix"},
      {people, handle, "chat", 1, "IM|IMAddress|IM value|Screen name|Instant messaging"},
      {people, company, "", 1,
       "Company|Company name|Organization|Organisation|Organization Name|Employer|Current company|Works at|Account "
       "name|"
       "Associated company|Primary associated company|Firma|Unternehmen|Arbeitgeber|Société|Entreprise|Employeur|"
       "Empresa|Compañía|Organización|Organização|Società|Azienda|Organizzazione|Bedrijf|Organisatie|Werkgever"},
      {people, title, "", 1,
       "Title|Job title|Position|Role|Organization Title|Current position|Jobtitel|Berufsbezeichnung|Funktion|Titel|"
       "Poste|Fonction|Profession|Titre|Intitulé du poste|Cargo|Puesto|Título|Posizione|Qualifica|Ruolo|Mansione|"
       "Titolo|Functie|Functietitel"},
      {people, tags, "", 1,
       "Tags|Tag|Labels|Categories|Category|Groups|Group|Group membership|Circles|Circle|Lists|Kategorien|Kategorie|"
       "Gruppen|Gruppe|Catégories|Catégorie|Groupes|Étiquettes|Categorías|Categoría|Etiquetas|Grupos|Categorias|"
       "Categoria|Categorie|Etichette|Categorieën"},
      {people, notes, "", 0,
       "Notes|Note|Comments|Comment|Remarks|Description|Notizen|Notiz|Bemerkungen|Kommentar|Remarques|Commentaires|"
       "Notas|Nota|Comentarios|Observaciones|Observações|Anotações|Commenti|Annotazioni|Notities|Opmerkingen"},
      {people, birthday, "", 3,
       "Birthday|Birth date|Date of birth|Geburtstag|Geburtsdatum|Anniversaire|Date de naissance|Cumpleaños|"
       "Fecha de nacimiento|Aniversário|Data de nascimento|Compleanno|Data di nascita|Verjaardag|Geboortedatum"},
      {people, birth_year, "", 3, "Birth year|Geburtsjahr"},
      {people, birth_month, "", 3, "Birth month|Geburtsmonat"},
      {people, met_on, "", 3,
       "Met on|Date met|When met|First met|First met on|Kennengelernt am|Getroffen am|Rencontré le|Conocido el|"
       "Conhecido em|Conosciuto il|Ontmoet op"},
      {people, met_event, "", 3,
       "Met at|Event|Conference|Veranstaltung|Konferenz|Événement|Conférence|Evento|Evenement"},
      {people, met_place, "", 3,
       "Where met|Met where|Place met|How we met|How met|Kennengelernt|Wo kennengelernt|Lieu de rencontre|"
       "Cómo nos conocimos|Come ci siamo conosciuti|Waar ontmoet"},
      {people, introduced_by, "", 3,
       "Introduced by|Met through|Intro from|Referred by|Introducer|Vorgestellt von|Empfohlen von|Présenté par|"
       "Recommandé par|Presentado por|Recomendado por|Referido por|Apresentado por|Indicado por|Presentato da|"
       "Segnalato da|Voorgesteld door|Aanbevolen door|Verwezen door"},
      {people, last_contact, "", 3,
       "Last contact|Last contacted|Last contact date|Last contacted on|Last talked to|Last spoke|Last touch|"
       "Last interaction|Letzter Kontakt|Zuletzt gesprochen|Dernier contact|Último contacto|Último contato|"
       "Ultimo contatto|Laatste contact"},
      {people, connected_on, "", 3, "Connected on|Connection date|Date connected|Verbunden am"},
      {people, starred, "", 1, "Starred|Favorite|Favourite|Favorit|Favori|Favorito|Preferito|Favoriet"},
      {people, cadence, "", 2, "Cadence|Keep in touch|Stay in touch|Contact frequency|Check-in frequency|Cadence days"},
      {people, record, "", 0, "Record ID|Contact ID|Id|UID|UUID"},
      {people, relation, "", 1, "Relation Value"},
      {people, custom, "", 1, "Custom Field Value|Event Value"},
      {people, label, "", 0,
       "Email Type|Email Label|Phone Type|Phone Label|Website Type|Website Label|IM Service|IM Label|Relation Type|"
       "Relation Label|Custom Field Type|Custom Field Label|Event Type|Event Label"},

      {jobs, title, "", 2,
       "Title|Job title|Position|Position title|Role|Job role|Job|Job position|Deal name|Vacancy|Opening|Stelle|"
       "Stellenbezeichnung|Stellentitel|Jobtitel|Rolle|Poste|Intitulé du poste|Offre|Puesto|Cargo|Vacante|Vaga|"
       "Posizione|Ruolo|Functie|Functietitel|Vacature"},
      {jobs, display, "", 0, "Name|Nom|Nombre|Nome|Naam"},
      {jobs, company, "", 2,
       "Company|Company name|Employer|Organization|Organisation|Firm|Account name|Associated company|"
       "Primary associated company|Firma|Unternehmen|Arbeitgeber|Société|Entreprise|Employeur|Empresa|Empleador|"
       "Empregador|Azienda|Società|Datore di lavoro|Bedrijf|Werkgever"},
      {jobs, link, "", 1,
       "Link|URL|Job URL|Job link|Job post URL|Job posting|Posting|Job posting URL|Posting URL|Listing|Job ad|"
       "Application link|Application URL|Stellenanzeige|Stellenlink|Anzeige|Lien|Annonce|Lien de l'offre|Enlace|"
       "Anuncio|Enlace de la oferta|Link da vaga|Anúncio|Annuncio|Collegamento|Vacaturelink"},
      {jobs, stage, "", 3,
       "Status|Stage|List|Deal stage|Pipeline stage|Application status|Application stage|Current stage|Phase|Progress|"
       "Step|Stand|Bewerbungsstatus|Statut|Étape|Estado|Etapa|Fase|Situación|Situação|Stato|Stap"},
      {jobs, outcome, "", 3,
       "Outcome|Result|Decision|Final result|Ergebnis|Entscheidung|Résultat|Décision|Resultado|Decisión|Decisão|Esito|"
       "Risultato|Resultaat|Uitkomst"},
      {jobs, location, "", 1,
       "Location|Job location|Place|City|Office|Ort|Standort|Arbeitsort|Lieu|Ville|Localisation|Ubicación|Ciudad|Lugar|"
       "Localização|Cidade|Sede|Città|Luogo|Località|Locatie|Plaats"},
      {jobs, team, "", 2, "Team|Department|Abteilung|Équipe|Service|Equipo|Equipe|Squadra|Reparto|Afdeling"},
      {jobs, pay_asked, "", 3,
       "Pay asked|Salary asked|Salary expectation|Salary expectations|Expected salary|Desired salary|"
       "Gehaltsvorstellung|Gehaltswunsch|Prétentions salariales|Pretensión salarial|Pretensão salarial"},
      {jobs, pay_advertised, "", 3,
       "Pay|Salary|Salary range|Compensation|Pay range|Pay advertised|Comp|TC|Gehalt|Gehaltsspanne|Salaire|"
       "Rémunération|Salario|Sueldo|Salário|Remuneração|Stipendio|Retribuzione|Salaris"},
      {jobs, pay_offered, "", 3, "Pay offered|Offer amount|Salary offered|Offered salary|Gehaltsangebot"},
      {jobs, source, "", 1,
       "Source|Job source|Job board|Found via|Via|Platform|Application method|Channel|Where found|Quelle|Gefunden über|"
       "Kanal|Origine|Fuente|Origen|Origem|Fonte|Bron|Kanaal"},
      {jobs, opened_on, "", 2,
       "Date|Date added|Added|Date saved|Saved|Saved on|Created|Created at|Create date|Created on|Opened|Opened on|"
       "Date found|Datum|Hinzugefügt am|Erstellt am|Date d'ajout|Fecha|Fecha de alta|Data|Data de adição|Toegevoegd "
       "op"},
      {jobs, applied, "", 3, "Applied|Applied?|Has applied|Beworben|Postulé|Aplicado|Candidatei-me|Gesolliciteerd"},
      {jobs, applied_on, "", 4,
       "Date applied|Applied date|Applied on|Applied at|Application date|Date of application|Date submitted|Submitted|"
       "Submitted on|Date sent|Bewerbungsdatum|Beworben am|Bewerbung am|Date de candidature|Date de postulation|"
       "Postulé le|Candidature envoyée|Fecha de solicitud|Fecha de aplicación|Fecha de postulación|Data da candidatura|"
       "Data de aplicação|Data di candidatura|Data candidatura|Sollicitatiedatum|Datum sollicitatie|Gesolliciteerd op"},
      {jobs, deadline, "", 3,
       "Deadline|Due date|Closing date|Apply by|Application deadline|Frist|Bewerbungsfrist|Bewerbungsschluss|"
       "Date limite|Fecha límite|Prazo|Data limite|Scadenza|Sluitingsdatum"},
      {jobs, interview_on, "", 4,
       "Interview date|Interview|Interview on|Interview dates|Date of interview|First interview|Vorstellungsgespräch|"
       "Gesprächstermin|Date d'entretien|Entretien|Fecha de entrevista|Entrevista|Data da entrevista|Data colloquio|"
       "Colloquio|Datum gesprek|Gesprek"},
      {jobs, closed_on, "", 2,
       "Close date|Closed on|Closed|Date closed|Rejected on|Date rejected|Rejection date|Closed at"},
      {jobs, contact, "", 2,
       "Contact|Contacts|Contact person|Contact name|Point of contact|People|Associated contact|Ansprechpartner|"
       "Ansprechpartnerin|Ansprechperson|Kontakt|Kontaktperson|Interlocuteur|Personne de contact|Contacto|"
       "Persona de contacto|Contato|Pessoa de contato|Contatto|Persona di riferimento|Referente|Contactpersoon"},
      {jobs, recruiter, "", 3,
       "Recruiter|Recruiter name|Recruiters|HR contact|Recruteur|Reclutador|Reclutadora|Recrutador|Selezionatore"},
      {jobs, hiring_manager, "", 3, "Hiring manager|Hiring managers|Manager|Fachvorgesetzte"},
      {jobs, interviewer, "", 3, "Interviewer|Interviewers|Interviewed by"},
      {jobs, referrer, "", 3,
       "Referral|Referred by|Referrer|Referral contact|Referral name|Referral?|Employee referral|Empfehlung|"
       "Empfohlen von|Recommandation|Recommandé par|Recomendado por|Indicação|Indicado por|Segnalato da|"
       "Aanbevolen door"},
      {jobs, email, "", 0,
       "Email|E-mail|E-mail address|Contact email|Recruiter email|E-Mail-Adresse|Adresse e-mail|Courriel|Correo|"
       "Correo electrónico|E-mail de contato|E-mailadres"},
      {jobs, phone, "", 0, "Phone|Phone number|Contact phone|Telefon|Téléphone|Teléfono|Telefone|Telefono|Telefoon"},
      {jobs, linkedin_profile, "", 0, "LinkedIn|Contact LinkedIn|LinkedIn profile|Recruiter LinkedIn|LinkedIn URL"},
      {jobs, address, "", 3, "Applied with|Email used|Application email|Beworben mit"},
      {jobs, priority, "", 2,
       "Priority|Excitement|Interest|Interest "
       "level|Rating|Priorität|Priorité|Prioridad|Prioridade|Priorità|Prioriteit"},
      {jobs, document, "", 3,
       "Resume|CV|Resume version|CV version|Resume used|Resume "
       "name|Documents|Lebenslauf|Currículum|Currículo|Curriculum"},
      {jobs, notes, "", 0,
       "Notes|Note|Comments|Comment|Remarks|Description|Notizen|Notiz|Bemerkungen|Kommentar|Remarques|Commentaires|"
       "Notas|Nota|Comentarios|Observaciones|Observações|Anotações|Commenti|Annotazioni|Notities|Opmerkingen"},
      {jobs, record, "", 0, "#|Record ID|Id|UID|UUID|Nr|No"},

      {works, title, "", 1,
       "Title|PR title|Subject|Contribution|What|Talk|Titel|Titre|Título|Titolo|Beitrag|Betreff|Sujet|Bijdrage"},
      {works, link, "", 1,
       "Link|URL|PR|PR link|PR URL|Pull request|Pull request URL|Issue URL|Web URL|Lien|Enlace|HTML URL"},
      {works, repository, "", 5,
       "Repository|Repo|Repository name|Repo name|Repositorium|Dépôt|Repositorio|Repositório|Repository name with "
       "owner"},
      {works, kind, "", 2, "Kind|Type|Contribution type|Art|Typ|Tipo|Soort"},
      {works, state, "", 1, "State|Status|Zustand|Statut|Estado|Stato"},
      {works, opened_on, "", 1, "Date|Opened|Opened on|Opened at|Created|Created at|Created on|Datum|Fecha|Data"},
      {works, closed_on, "", 3,
       "Merged|Merged at|Merged on|Date merged|Closed|Closed at|Closed on|Published|Published on|Fusionné le"},
      {works, reviewer, "", 4, "Reviewer|Reviewers|Reviewed by|Prüfer|Relecteur|Revisor|Revisore"},
      {works, merged_by, "", 4, "Merged by|Maintainer"},
      {works, company, "", 1, "Company|Owner company|Organization|Firma|Entreprise|Empresa|Azienda|Bedrijf"},
  };
  return table;
}

HeaderKey header_key(std::string_view header) {
  const auto line = text::clean_line(header, header_bytes_max);
  HeaderKey key;
  if (line == "#") return {"#", ""};
  // "E-mail 1 - Value": what stands before the dash and its number names the columns that belong together.
  if (const auto dash = line.find(" - "); dash != std::string::npos) {
    auto before = letters_of(text::fold(std::string_view(line).substr(0, dash)));
    if (!before.number.empty() && !before.letters.empty()) {
      key.letters = before.letters + letters_of(text::fold(std::string_view(line).substr(dash + 3))).letters;
      key.group = before.letters + " " + before.number;
      return key;
    }
  }
  auto whole = letters_of(text::fold(line));
  key.letters = std::move(whole.letters);
  key.group = std::move(whole.number);
  return key;
}

const FieldWords* field_called(TableOf of, std::string_view letters) {
  const auto& index = index_of(of);
  const auto found = index.find(std::string(letters));
  return found == index.end() ? nullptr : found->second;
}

const FieldWords* field_alike(TableOf of, std::string_view header) {
  constexpr std::size_t letters_max = 40;
  const auto plain = text::fold(without_brackets(text::clean_line(header, header_bytes_max)));
  std::string letters;
  if (const auto* found = field_called(of, letters_of(plain).letters)) return found;
  for (const auto& word : words_of(plain)) {
    if (!fillers().contains(word)) letters += letters_of(word).letters;
  }
  if (const auto* found = field_called(of, letters)) return found;
  if (letters.size() < 6 || letters.size() > letters_max || no_slips().contains(letters)) return nullptr;

  const int most = letters.size() >= 10 ? 2 : 1;
  const FieldWords* best = nullptr;
  int fewest = most + 1;
  bool is_clear = true;
  for (const auto& [word, entry] : index_of(of)) {
    if (word.size() < 6 || word.front() != letters.front()) continue;
    const int slips = slips_between(letters, word, most);
    if (slips > most || slips > fewest) continue;
    const bool same = best != nullptr && best->field == entry->field && best->label == entry->label;
    if (slips < fewest) {
      best = entry, fewest = slips, is_clear = true;
    } else if (!same) {
      is_clear = false;
    }
  }
  return is_clear ? best : nullptr;
}

}  // namespace ties::importers
