// SPDX-License-Identifier: MIT
// The sentences in French. The service's own are English, so those about a verdict are here, too.
const seconds = (n) => (n < 90 ? `${n} s` : `${Math.round(n / 60)} minutes`);
const megabytes = (bytes) => `${Math.round(bytes / 1048576)} Mo`;
const duration = (ms) => (ms < 1000 ? `${ms} ms` : `${String(ms / 1000).replace('.', ',')} s`);

export const sentences = {
    stop: 'Arrêter', reset: 'Rétablir', copied: 'Copié', linkCopied: 'Lien copié', send: 'Envoyer', end: 'Terminer l’entrée', answer: 'Entrée du programme',
    escape: 'Échap, puis Tab, permet de quitter le code.', confirmed: 'comme enregistrée', running: 'en cours', waits: 'en attente', stopped: 'arrêté par vous',
    none: 'Le programme n’a rien écrit.', cut: 'La sortie était plus longue. En voici le début.', noClipboard: 'Le navigateur interdit à cette page d’utiliser le presse-papiers.',
    differs: 'diffère de la sortie enregistrée',
    differsAt: (line, was) => (was === undefined ? `La ligne ${line} n’était pas enregistrée.` : was === '' ? `La ligne ${line} était vide.` : `La ligne ${line} était : ${was}`),
    next: 'prochain dans la file', before: (n) => `${n} avant vous`, waiting: (n) => `La connexion est interrompue. Le programme continue ; nouvel essai dans ${n} s.`,
    fromLink: 'Ce code vient d’un lien. Lisez-le avant de le lancer.', linkArgs: 'Ses arguments :', linkRefused: 'Le lien concerne un exemple qui ne peut pas être modifié.', noExample: 'Le lien concerne un exemple que cette page n’affiche pas.', brokenLink: 'Le lien est endommagé : son code ne peut pas être affiché.',
    tooLong: 'Ce code est trop long pour un lien.', picture: (path) => `Image créée par le programme : ${path}`, noPicture: 'Le programme n’a créé aucune image.', unseen: (path) => `Le fichier ${path} n’a pas pu être affiché comme image.`, page: 'Page créée par le programme',
    hidden: 'une ligne du code caché', line: (n, name) => (name ? `ligne ${n} de l’exemple « ${name} »` : `ligne ${n}`), lines: (n) => `${n} lignes de sortie.`,
    old: 'Cette page est ouverte depuis trop longtemps. Votre code est conservé : rechargez la page, puis relancez-le.', refused: 'Vous n’avez pas le droit de lancer cet exemple.',
    large: 'C’est plus que la taille permise. Raccourcissez le code ou son entrée.', throttled: (n) => (n ? `C’était beaucoup de lancements en peu de temps. Prochain lancement dans ${n} s.` : 'C’était beaucoup de lancements en peu de temps. Réessayez dans un instant.'),
    again: 'Vous pouvez relancer maintenant.', busy: (n) => `Aucun programme ne peut être lancé pour le moment${n ? `. Réessayez dans ${seconds(n)}` : ''}.`,
    unshown: 'La page n’a pas pu afficher le résultat de ce lancement.', gone: 'Le résultat de ce lancement a expiré. Relancez le programme.', broken: 'Le serveur n’a pas pu lancer ce programme. Réessayez dans un instant.', unfit: 'Le serveur n’accepte pas ce code ou son entrée.', fault: 'Cet exemple est mal configuré. Ce n’est pas votre faute.',
    circle: (id) => `depends-on de « ${id} » revient à lui-même.`, wrong: (name, value) => `Cet exemple est mal configuré : son attribut ${name} n’est pas valide : ${value}`, missing: (what) => `La page n’a pas « ${what} », dont cet exemple a besoin.`,
    time: (us) => (us < 1000 ? 'moins de 1 ms' : us < 1e6 ? `${Math.round(us / 1000)} ms` : `${(us / 1e6).toFixed(1).replace('.', ',')} s`),
    memory: (bytes) => `${(bytes / 1048576).toFixed(bytes < 1e7 ? 1 : 0).replace('.', ',')} Mo`,
    verdict: {
        failed: ({ at }) => `Le programme s’est terminé par une erreur.${at ? ` Regardez la ligne ${at.line}.` : ''}`,
        crashed: () => 'Le programme a planté. A-t-il utilisé un pointeur ou un indice qui n’existe pas ?',
        timeout: ({ limits }) => `Le programme a duré plus de ${duration(limits.wall_ms)} et a été arrêté. Attend-il quelque chose ?`,
        cpu_timeout: ({ limits }) => `Le programme a utilisé plus de ${duration(limits.cpu_ms)} de temps de calcul et a été arrêté. Y a-t-il une boucle infinie ?`,
        out_of_memory: ({ limits }) => `Le programme a utilisé plus de ${megabytes(limits.memory_bytes)} de mémoire et a été arrêté. Une liste grandit-elle sans fin ?`,
        output_limit: ({ limits }) => `Le programme a écrit plus de ${megabytes(limits.output_bytes)} et a été arrêté. Y a-t-il une boucle infinie ?`,
        denied: () => 'Le programme a demandé quelque chose qui n’est pas permis ici, et a été arrêté.',
        compile_failed: ({ at }) => `Le programme n’a pas pu être compilé.${at ? ` Le premier message du compilateur concerne la ligne ${at.line}.` : ''}`,
        cancelled: () => 'Le programme a été arrêté.',
        error: () => 'Le programme n’a pas pu être lancé. Réessayez dans un instant.',
    },
};
