throw new Error('mapped');
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbInguanMiXSwibWFwcGluZ3MiOiJBQUFBIn0=
