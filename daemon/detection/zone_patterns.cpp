#include "detection/zone_patterns.hpp"

#include <string>

namespace ioud::detection {
namespace {

RE2::Options quiet() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(false);
  return options;
}

/// "wrote" as mail programs say it, from English to Turkish.
const std::string wrote =
    R"((?:wrote|writes|said|schrieb|schreibt|a [ée]crit|[ée]crit|escribi[óo]|ha scritto|scrisse|)"
    R"(escreveu|schreef|skrev|pisze|napisa[łl](?:\(a\)|a)?|napsal(?:\(a\)|a)?|nap[íi]sal|kirjoitti|)"
    R"([íi]rta|yazd[ıi]|написал(?:\(а\)|а)?|пишет|пише|έγραψε|a scris|je napisao|написа|写道|)"
    R"(書きました|寫道|שכתב|כתב))";

}  // namespace

ZonePatterns::ZonePatterns()
    : attribution(
          "(?:^(?:on|am|le|el|il|em|op|den|w dniu|dne|pe|på|a |в|dňa|tarihinde|在|vào|quoting|"
          "in (?:article|message|reply)).{3}.*" +
              wrote + R"(.*[:：]\s*$|^.{2}.*[0-9@].*\b)" + wrote +
              R"(.*[:：]\s*$|^[^.!?]{2,60}\b(?:wrote|schrieb|escribió|a écrit|)"
              R"(ha scritto|schreef|skrev)\s*:\s*$))",
          quiet()),
      attribution_opening(R"(^(?:on|am|le|el|il|em|op|den|w dniu|dne|pe|på|в|在)\b.*\d|)"
                          R"(<[^<>\s]+@[^<>\s]+>.*\d{1,2}[:.]\d\d|^\d{4}-\d\d-\d\d \d)",
                          quiet()),
      address_and_date(R"(^.*\d.*<[^<>\s]+@[^<>\s]+>\s*[:：]$)", quiet()),
      original_message(
          R"(^[-_*=\s]{2,}\s*(?:original(?:\s+|-)(?:message|appointment|e-?mail)|)"
          R"(urspr[üu]ngliche nachricht|message d.origine|message original|mensaje original|)"
          R"(messaggio originale|mensagem original|oorspronkelijk bericht|opprinnelig melding|)"
          R"(ursprungligt meddelande|oprindelig meddelelse|wiadomo[śs][ćc] oryginalna|)"
          R"(alkuper[äa]inen viesti|p[ůu]vodn[íi] zpr[áa]va|eredeti [üu]zenet|)"
          R"(исходное сообщение|原始邮件|元のメッセージ)\s*[-_*=\s]{2,}$)",
          quiet()),
      forwarded(
          R"(^[-_*=\s]{2,}\s*(?:forwarded (?:message|by|e-?mail)\C{0,80}|weitergeleitete nachricht|)"
          R"(message transf[ée]r[ée]|mensaje reenviado|messaggio inoltrato|mensagem encaminhada|)"
          R"(doorgestuurd bericht|vidarebefordrat meddelande|videresendt (?:besked|melding))\s*)"
          R"([-_*=\s]*$|^(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)|)"
          R"(d[ée]but du message (?:r[ée]exp[ée]di[ée]|transf[ée]r[ée])|inicio del mensaje reenviado|)"
          R"(inizio messaggio inoltrato|begin doorgestuurd bericht)\s*:?$)",
          quiet()),
      header_from(
          R"(^[*_>\s]*(?:from|von|de|da|van|fr[åa]n|fra|od|l[äa]hett[äa]j[äa]|от|felad[óo]|)"
          R"(gönderen|发件人|寄件者|差出人)\s*[*_]*\s*[:：][*_]*\s*\S)",
          quiet()),
      header_other(
          R"(^[*_>\s]*(?:sent|date|gesendet|datum|envoy[ée]|date d.envoi|enviado(?: el)?|fecha|inviato|)"
          R"(data|verzonden|skickat|sendt|dato|wys[łl]ano|l[äa]hetetty|odesl[áa]no|отправлено|дата|)"
          R"(发送时间|to|an|à|para|a|aan|till|til|do|vastaanottaja|komu|кому|收件人|cc|kopie|kopia|)"
          R"(copie|subject|betreff|objet|asunto|oggetto|onderwerp|[äa]mne|emne|assunto|temat|aihe|)"
          R"(p[řr]edm[ěe]t|тема|主题|reply-to)\s*[*_]*\s*[:：])",
          quiet()),
      rule(R"(^[_\-=*]{5,}$)", quiet()),
      greeting(
          R"(^(?:(?:with |my |our )?(?:best|kind|kindest|warm|warmest|many|sincere)?\s*(?:regards|)"
          R"(wishes|thanks|rgds)|yours(?: (?:sincerely|faithfully|truly|ever|aye))?|sincerely|cheers|)"
          R"(best|all the best|take care|thanks(?: (?:again|so much|a lot|a million|in advance))?|)"
          R"(thank you(?: (?:again|so much|very much))?|cordially|respectfully|ta|thx|speak soon|)"
          R"(talk soon|mit (?:freundlichen|besten|herzlichen) gr[üu](?:ß|ss)en|(?:viele|beste|liebe|)"
          R"(sch[öo]ne) gr[üu](?:ß|ss)e|mfg|vg|lg|gru(?:ß|ss)|bien (?:à|a) vous|cordialement|)"
          R"(bien cordialement|salutations.*|saludos(?: cordiales)?|un (?:cordial )?saludo|)"
          R"(atentamente|cordiali saluti|distinti saluti|saluti|atenciosamente|abra[çc]os?|)"
          R"(met vriendelijke groet(?:en)?|groet(?:en|jes)?|med v[äa]nlig(?:a)? h[äa]lsning(?:ar)?|)"
          R"((?:med )?v(?:enlig|ennlig) hilsen|mvh|hilsen|h[äa]lsningar|pozdrawiam|z powa[żz]aniem|)"
          R"(s pozdravem)\s*[,.!]*$)",
          quiet()),
      contact(
          R"((?:^|[\s(])\+?\d[\d ()/.\-]{7,}\d|\b(?:tel|phone|mob(?:ile)?|fax|cell|direct|office)\b)"
          R"(\s*[:.]|^[tmfw]:\s|^(?:https?://|www\.)\S+$|^<?[^\s@]+@[^\s@]+>?$|^[^.?!]{2,60} \| [^.?!]{2,80}$)",
          quiet()),
      first_person(R"(\b(?:i|we|let me|i.ll|i.m|i.ve|i.d|we.ll|we.re|we.ve)\b)", quiet()),
      postscript(R"(^(?:p\.? ?s\b|pps\b|nb\b|edit\b))", quiet()),
      legal(
          R"(intended recipient|intended (?:solely|only) for|not the (?:named )?addressee|)"
          R"((?:e-?mail|message|communication|transmission)\b\C{0,80}\b(?:confidential|privileged)|)"
          R"(confidentiality notice|legal disclaimer|^disclaimer\b|legally privileged|)"
          R"(consider the environment before printing|registered (?:in|office)|company (?:no|number|)"
          R"(registration)\b|diese e-?mail (?:enth[äa]lt|kann)|vertrauliche|ce (?:message|courriel)\C{0,60})"
          R"(confidentiel|este (?:mensaje|correo)\C{0,60}confidencial|questo messaggio\C{0,60}riservat|)"
          R"(views expressed\C{0,60}(?:author|sender)|liability\C{0,60}(?:virus|e-?mail)|)"
          R"(if you (?:have )?received? this (?:e-?mail|message|communication) in error)",
          quiet()),
      footer(
          R"(^(?:sent (?:from|via|with|using) (?:my |the |a )?(?:i(?:phone|pad)|android|samsung|galaxy|)"
          R"(blackberry|mobile|phone|outlook|yahoo|mail|gmail|proton|nine|spark|huawei|windows|pixel)|)"
          R"(get outlook for|von meinem \C{0,40}gesendet|gesendet (?:von|mit) |envoy[ée] (?:de|depuis) mon |)"
          R"(enviado (?:desde|do) (?:mi|meu) |inviato da(?:l mio)? i|verstuurd vanaf |verzonden (?:vanaf|met) |)"
          R"(skickat fr[åa]n min|sendt fra min|l[äa]hetetty \C{0,30}puhelimesta|wys[łl]ane z ))"
          R"(|\bunsubscribe\b\C{0,40}(?:$|here|link|click|\|)|\bclick here to unsubscribe|view (?:this|it)?\C{0,20}in (?:your |a )?browser|)"
          R"(^(?:join (?:zoom|microsoft teams|the|with google|on your computer)\C{0,40}(?:meeting|meet|now)|)"
          R"(meeting id|passcode|one tap mobile|dial(?: |-)?in|dial by your location|find your local number|)"
          R"(conference id|join by (?:phone|video|web))|join by (?:phone|video)\b|)"
          R"(host will let you in|^\[?(?:external|caution)\]?[: ]\C{0,200}(?:outside|sender|originat|links)|)"
          R"(^this (?:e-?mail|message) (?:was|has been) (?:sent|scanned|checked)|)"
          R"(^(?:virus-free|scanned by)\b|^\[(?:image|cid):|do not reply to this (?:e-?mail|message))",
          quiet()) {}

}  // namespace ioud::detection
