import type { LanguageTalk } from "./shape.ts";

export const portuguese: LanguageTalk = {
  name: "Português",
  rooms: {
    general: {
      topic: "Puxa uma cadeira, o café já está passando",
      conversations: [
        [
          [
            "Beatriz",
            "Bom dia, gente! O papagaio da vizinha aprendeu o toque do meu celular. Atendi três vezes.",
          ],
          ["Thiago", "E ele desligou na sua cara?"],
          ["Beatriz", "Pior: riu. Com a risada da vizinha.", 1],
          ["Rafael", "Aqui em Lisboa as gaivotas fazem o mesmo, mas cobram peixe"],
          ["Duda", "Troca o toque por um samba e aproveita o show"],
          ["Beatriz", "Troquei. Agora ele canta Cartola às seis da manhã. Não sei se ganhei ou perdi.", 1],
        ],
        [
          [
            "Duda",
            "Fiz o pão de queijo da minha avó pela primeira vez sem ligar pra ela. Sinto que virei adulta.",
          ],
          ["Thiago", "Ficou bom?"],
          ["Duda", "Ficou. Mas liguei pra ela depois, pra contar, e ela já sabia. Avó sabe.", 1],
          ["Rafael", "A minha sabe até o que ainda não decidi"],
          ["Beatriz", "Quem vem pro churrasco de sábado? O papagaio confirmou presença."],
          ["Thiago", "Levo farofa e protetor de ouvido", 1],
          ["Rafael", "Mandem fotografias, que daqui só apanho o cheiro em pensamento"],
        ],
      ],
    },
    music: {
      topic: "Roda aberta: do fado ao funk",
      conversations: [
        [
          [
            "Thiago",
            "Roda de choro ontem na praça. Um senhor de oitenta anos me ensinou uma baixaria no violão de sete cordas.",
          ],
          ["Duda", "Qual música?"],
          ["Thiago", "'Carinhoso'. A praça inteira cantou baixinho, sem ninguém pedir.", 1],
          ["Rafael", "Arrepiei-me aqui, a um oceano de distância"],
          ["Beatriz", "Pixinguinha faz isso com qualquer praça"],
          ["Thiago", "Quinta tem de novo. Levem cadeira e coração.", 1],
        ],
        [
          ["Rafael", "Casa de fados pequena, em Alfama: mandaram calar até o frigorífico."],
          ["Beatriz", "Como assim?"],
          [
            "Rafael",
            "O dono tirou a ficha da tomada antes da última canção. Silêncio que se vai cantar o fado.",
            1,
          ],
          ["Duda", "Isso é respeito. Aqui a gente pede silêncio e alguém começa um pagode."],
          ["Thiago", "E o pagode está certo também 😄", 1],
          ["Rafael", "Está certíssimo. Só muda a hora de chorar.", 1],
        ],
      ],
    },
    tech: {
      topic: "Deu certo, ninguém mexe",
      conversations: [
        [
          [
            "Beatriz",
            "Descobri por que o site caía toda terça às 10h. Era o robô de backup… do concorrente.",
          ],
          ["Thiago", "Do CONCORRENTE?"],
          [
            "Beatriz",
            "Dividíamos o mesmo servidor barato. Mandei um e-mail educado, responderam com um bolo.",
            1,
          ],
          ["Duda", "Melhor incidente que já li"],
          ["Rafael", "Escreve o post-mortem com a receita em anexo"],
          ["Beatriz", "Causa raiz: cenoura com cobertura de chocolate", 1],
        ],
        [
          ["Duda", "Primeira semana como programadora. Já posso admitir que não entendi o Git?"],
          ["Rafael", "Podes. Nós também só decoramos cinco comandos e rezamos."],
          ["Thiago", "git reflog é o seu anjo da guarda. Nada se perde, tudo se encontra."],
          ["Duda", "Salvou meu dia há dez minutos, juro", 1],
          ["Beatriz", "E commit pequeno: conta uma história só, igual fofoca boa."],
          ["Duda", "Fofoca boa, commit pequeno. Anotado na parede.", 1],
        ],
      ],
    },
    games: {
      topic: "Controle na mão, desculpa na ponta da língua",
      conversations: [
        [
          ["Thiago", "Campeonato de truco no escritório. Gritei 'seis' e o chefe saiu da reunião pra ver."],
          ["Beatriz", "Tinha carta?"],
          ["Thiago", "Nada. Um quatro e muita fé. Ele correu.", 1],
          ["Duda", "Isso vale promoção"],
          ["Rafael", "Na sueca isto dava cadeia"],
          ["Thiago", "No truco dá cafezinho de graça até sexta", 1],
        ],
        [
          ["Duda", "Alguém pra jogar It Takes Two? Preciso de um par que não desista na aranha."],
          ["Beatriz", "Eu topo, mas na aranha eu fecho o olho e você me guia"],
          ["Duda", "Combinado: esquerda, direita, grita.", 1],
          ["Rafael", "Eu voltei ao Football Manager. Despeçam-se de mim até maio."],
          ["Thiago", "Qual time?", 1],
          ["Rafael", "O da minha aldeia. Terceira divisão distrital. O guarda-redes é o padeiro.", 1],
        ],
      ],
    },
    "late-night": {
      topic: "Conversa de varanda, depois que a rua esvazia",
      conversations: [
        [
          ["Duda", "Faltou luz no bairro todo. Dá pra ver as estrelas e o vizinho bonito com uma vela."],
          ["Beatriz", "Vai pedir fósforo, criatura"],
          ["Duda", "Eu tenho fósforo", 1],
          ["Beatriz", "Ele não sabe disso.", 1],
          ["Rafael", "A humanidade inteira existe por causa de conversas assim"],
          ["Duda", "Fui. Se a luz voltar, a culpa é de vocês.", 2],
        ],
        [
          [
            "Thiago",
            "Dançamos na cozinha com a geladeira aberta, só pela luz. Chovia. Foi o melhor baile do ano.",
          ],
          ["Rafael", "Não fechem essa porta"],
          ["Duda", "Notícia: a luz voltou, e ninguém apagou a vela. 🕯️"],
          ["Beatriz", "AAAH. Amanhã quero tudo, capítulo por capítulo.", 1],
          ["Rafael", "Saudade, aqui, é ver isto tudo a acontecer no outro fuso horário"],
          ["Duda", "Vem em fevereiro. A gente guarda uma vela pra você.", 1],
        ],
      ],
    },
  },
};
