import type { LanguageTalk } from "./shape.ts";

export const spanish: LanguageTalk = {
  name: "Español",
  rooms: {
    general: {
      topic: "Pasa y siéntate: aquí la sobremesa no termina nunca",
      conversations: [
        [
          ["Lucía", "Buenos días. Mi vecino ha decidido aprender el trombón. A las ocho. Un domingo."],
          ["Mateo", "Fuerza. El mío lleva un año con la misma canción y ya me sé hasta los errores."],
          ["Lucía", "Lo peor es que va mejorando, y ahora quiero saber cómo sigue 😂", 1],
          ["Carmen", "Pues bájale unas magdalenas y pídele un bolero"],
          ["Joaquín", "Así empiezan todas las orquestas de barrio"],
          ["Lucía", "Magdalenas en el horno. Mañana os cuento.", 2],
        ],
        [
          ["Joaquín", "Pregunta seria: ¿la tortilla, con cebolla o sin cebolla?"],
          ["Carmen", "Con. Y no es una pregunta, es una prueba de carácter."],
          ["Mateo", "Yo vengo de Rosario y me declaro neutral, como Suiza pero con mate"],
          [
            "Lucía",
            "Noticias del trombón: aceptó las magdalenas. Ensaya a las once, y 'Bésame mucho' ya casi se reconoce.",
          ],
          ["Carmen", "¡Lo sabía! La diplomacia se hace con azúcar.", 1],
          ["Joaquín", "Que toque en la verbena, yo pongo las sillas"],
          ["Mateo", "Y yo aplaudo por videollamada", 1],
        ],
      ],
    },
    music: {
      topic: "Del bolero al reguetón sin pedir perdón",
      conversations: [
        [
          [
            "Mateo",
            "Anoche fui a una milonga por primera vez. Pisé a tres personas y las tres me dieron las gracias.",
          ],
          ["Carmen", "En el tango se agradece la valentía"],
          ["Joaquín", "¿Qué sonaba?"],
          [
            "Mateo",
            "Pugliese. Con 'La yumba' me quedé parado en medio de la pista, mirando a la orquesta.",
            1,
          ],
          ["Lucía", "Esa no se baila, esa te pasa por encima"],
          ["Joaquín", "Apuntada para esta noche, con auriculares y luz apagada", 1],
        ],
        [
          [
            "Carmen",
            "Mi padre, setenta y cuatro años, acaba de descubrir a Rosalía. Dice que 'la niña sabe compás'.",
          ],
          ["Lucía", "Tu padre es crítico musical y no lo sabía"],
          ["Carmen", "Ahora quiere que le ponga El mal querer en el coche. En bucle.", 1],
          ["Joaquín", "Pásale después a Morente con Lagartija Nick, a ver qué cara pone"],
          ["Mateo", "Omega es un disco que te cambia los muebles de sitio"],
          ["Carmen", "Se lo pongo el domingo y os mando la cara por escrito 😄", 2],
        ],
      ],
    },
    tech: {
      topic: "Código, cacharros y cosas que funcionaban ayer",
      conversations: [
        [
          ["Joaquín", "Tres horas buscando un fallo. Era un espacio. Un espacio que no se rompe, encima."],
          ["Lucía", "U+00A0, viejo enemigo. Vive en los textos copiados de un PDF."],
          ["Joaquín", "He puesto una prueba que lo busca. Que no vuelva.", 1],
          ["Mateo", "Yo le pondría una placa: 'aquí cayó Joaquín'"],
          ["Carmen", "En mi equipo tenemos un canal solo para eso. Se llama #velatorio."],
          ["Joaquín", "Solicito mi nicho, por favor", 1],
        ],
        [
          ["Lucía", "He rescatado un portátil de 2012 con Linux para mi sobrina. Arranca en doce segundos."],
          ["Mateo", "¿Qué le pusiste? Tengo uno igual haciendo de pisapapeles."],
          [
            "Lucía",
            "Debian con un escritorio ligero y un SSD de veinte euros. El disco era todo el problema.",
            1,
          ],
          ["Carmen", "Cámbiale también la pasta térmica, que a esa edad ya es arqueología"],
          ["Lucía", "Hecho. Salió en polvo. Como una momia.", 1],
          ["Joaquín", "Tu sobrina va a ser la única de clase que sepa qué es un ventilador"],
        ],
      ],
    },
    games: {
      topic: "De mesa, de consola y de los que se juegan en el patio",
      conversations: [
        [
          ["Carmen", "Anoche partida de Catan. Hoy dos amigos no se hablan. Todo bien."],
          ["Mateo", "¿La oveja?"],
          ["Carmen", "La oveja. Siempre es la oveja.", 1],
          ["Joaquín", "Por eso nosotros volvimos al mus: aquí se engaña con reglamento"],
          ["Lucía", "Enseñadme mus. Llevo treinta años fingiendo que entiendo las señas."],
          ["Joaquín", "Viernes a las diez, mesa virtual. Trae cara de no tener nada.", 1],
        ],
        [
          ["Mateo", "Terminé Hollow Knight. Ciento doce por ciento. Ya puedo volver a tener vida."],
          ["Lucía", "¿Y ahora qué?"],
          ["Mateo", "Ahora Silksong. No dije cuándo iba a volver.", 1],
          ["Carmen", "Mi hijo me gana al Mario Kart y encima me espera en la meta dando vueltas"],
          ["Joaquín", "Eso no es un hijo, es un rival"],
          ["Carmen", "El sábado entreno cuando se duerma. Guardadme el secreto.", 1],
        ],
      ],
    },
    "late-night": {
      topic: "Para cuando la ciudad ya ha bajado la voz",
      conversations: [
        [
          ["Lucía", "Las dos de la mañana y huele a jazmín en toda la calle. Qué falta de consideración."],
          ["Joaquín", "Con ese olor se han escrito cartas que no había que mandar"],
          ["Lucía", "Tengo una a medias. Guardo el móvil en el congelador.", 1],
          ["Carmen", "Sabia decisión. El mío vive en la nevera los viernes, junto al vino."],
          ["Mateo", "Acá recién es la hora de salir. Ella llega tarde siempre, y siempre vale la pena."],
          ["Carmen", "Disfruta la espera, que es media fiesta", 1],
        ],
        [
          ["Mateo", "Bailamos un solo tema en toda la noche. Despacio. No hizo falta más."],
          ["Lucía", "¿Y luego?"],
          ["Mateo", "Luego caminamos hasta el río y se hizo de día sin avisar", 1],
          ["Carmen", "Guárdate ese amanecer, que sirve para los inviernos"],
          ["Joaquín", "Yo le he escrito por fin. 'Me acordé de ti con una canción.' Nada más."],
          ["Lucía", "Y nada menos. A dormir, valientes.", 1],
        ],
      ],
    },
  },
};
